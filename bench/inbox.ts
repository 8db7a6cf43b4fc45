import { type Browser, newAgent, newBrowser } from "./client.ts";
import { measureJob } from "./deadlines.ts";
import { addDummyCases } from "./dummy-cases.ts";
import { type Measured, measure } from "./load.ts";
import type { Place, Server } from "./server.ts";
import { signIn } from "./submissions.ts";

const WIDTH = 2;

/** Pages of the staff at one number of cases. */
interface Pages {
  readonly inbox: Measured;
  readonly filtered: Measured;
  readonly casePage: Measured;
  readonly deadlines: Measured;
  /** How long it takes to mark ten deadlines that have passed. */
  readonly job: Measured;
}

export interface InboxFigures {
  readonly few: number;
  readonly many: number;
  readonly atFew: Pages;
  readonly atMany: Pages;
}

/** Staff pages over HTTP with few and with many cases on one desk; they should not notice the difference. */
export async function measureInbox(server: Server, place: Place, part: number): Promise<InboxFigures> {
  const few = Math.round(1000 * part);
  const many = 20 * few;
  const agent = newAgent();
  const operator = await signIn(newBrowser(agent, server.url));
  const number = /\/staff\/cases\/(\d{4}-\d+)/.exec((await operator.get("/staff/cases")).text)?.[1];
  if (!number) throw new Error("the inbox shows no case");
  const times = Math.max(20, Math.round(100 * part));
  await addDummyCases(place, few);
  const atFew = await measurePages(operator, number, { place, times });
  await addDummyCases(place, many - few);
  const atMany = await measurePages(operator, number, { place, times });
  agent.destroy();
  return { few, many, atFew, atMany };
}

async function measurePages(
  operator: Browser,
  number: string,
  { place, times }: { readonly place: Place; readonly times: number },
): Promise<Pages> {
  const open = (path: string) => async () => {
    const { status } = await operator.get(path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
  };
  await measure(20, WIDTH, open("/staff/cases"));
  return {
    inbox: await measure(times, WIDTH, open("/staff/cases")),
    filtered: await measure(times, WIDTH, open("/staff/cases?form=sexual&territory=rs-palilula")),
    casePage: await measure(times, WIDTH, open(`/staff/cases/${number}`)),
    deadlines: await measure(times, WIDTH, open("/staff/deadlines")),
    job: await measureJob(place),
  };
}
