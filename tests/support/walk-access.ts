import { numbersOn } from "./journey.ts";
import { SECRET, type Walk, walkingAs } from "./walker.ts";

const PATH = "/staff/access";

/** A supervisor asks to read a report, the desk lets the supervisor in, and takes it back, so that the next walk may ask again. */
export async function walkAccess(walk: Walk): Promise<void> {
  const supervisor = await walkingAs(walk, "supervisor");
  const operator = await walkingAs(walk, "triage");
  await supervisor.open("staff-access", PATH);
  await supervisor.send("staff-access-error", PATH, { number: "", reason: "" });
  const [number = ""] = numbersOn(await operator.visitor.get("/staff/cases"));
  const asked = { number, reason: `${SECRET}, ${SECRET}` };
  await supervisor.send("staff-access-asked", PATH, asked);
  await supervisor.send("staff-access-again", PATH, asked);
  await operator.open("staff-inbox-asked", "/staff/cases");
  await operator.open("staff-case-asked", `/staff/cases/${number}`);
  const requests = `/staff/cases/${number}/access`;
  const { text } = await operator.open("staff-case-access", requests);
  const [, grant = ""] = /action="(\/staff\/cases\/[^"]+\/grant)"/.exec(text) ?? [];
  await operator.send("staff-case-access-error", grant, { days: "365" });
  const granted = await operator.send("staff-case-access-granted", grant, { days: "7" });
  await operator.open("staff-case-read-above", `/staff/cases/${number}`);
  await supervisor.open("staff-access-granted", PATH);
  await supervisor.open("staff-granted", `${PATH}/${number}`);
  const [, end = ""] = /action="(\/staff\/cases\/[^"]+\/end)"/.exec(granted.text) ?? [];
  await operator.send("staff-case-access-ended", end, {});
}
