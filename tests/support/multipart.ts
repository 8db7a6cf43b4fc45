/** The body of a form that holds one file, as a browser sends it. */
export interface Multipart {
  readonly type: string;
  readonly body: string;
}

const BOUNDARY = "----a-boundary-of-a-browser";

/** A form whose one field is a file of text. */
export function multipart(content: string, field = "file"): Multipart {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="file.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, body: `${head}${content}\r\n--${BOUNDARY}--\r\n` };
}
