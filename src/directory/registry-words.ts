import type { AbsenceRow, Institution } from "#institutions/index.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { Tag } from "./registry-views.ts";

interface Standing {
  readonly row: Pick<Institution, "activeFrom" | "activeTo">;
  /** How many people work at any of its desks. */
  readonly people: number;
  /** What keeps it from working now. */
  readonly absence: AbsenceRow | undefined;
  readonly at: number;
}

/** What is to be known about an institution before it is given work, in a few words each. */
export function standingTags(ui: Ui, { row, people, absence, at }: Standing): readonly Tag[] {
  const { t } = ui;
  const { activeFrom, activeTo } = row;
  if (activeTo !== null && activeTo <= at)
    return [{ tone: "grey", text: t("registry.tag.ended", { day: ui.date(activeTo) }) }];
  const tags: Tag[] = [];
  if (activeFrom > at) tags.push({ tone: "grey", text: t("registry.tag.from", { day: ui.date(activeFrom) }) });
  if (activeTo !== null) tags.push({ tone: "grey", text: t("registry.tag.ends", { day: ui.date(activeTo) }) });
  if (absence) tags.push({ tone: "sun", text: t("registry.tag.absent", { day: ui.date(absence.to - 1) }) });
  if (people === 0) tags.push({ tone: "sun", text: t("registry.tag.nobody") });
  return tags.length > 0 ? tags : [{ tone: "teal", text: t("registry.tag.active") }];
}
