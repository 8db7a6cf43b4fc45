/** With 20 columns a statement stays far below what both engines take as values. */
const ROWS = 500;

/** Cuts many rows into statements that a database takes. */
export function inChunks<Row>(rows: readonly Row[], most = ROWS): Row[][] {
  const chunks: Row[][] = [];
  for (let at = 0; at < rows.length; at += most) chunks.push(rows.slice(at, at + most));
  return chunks;
}
