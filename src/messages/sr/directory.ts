import type { directory as english } from "../en/directory.ts";
import type { Translated } from "../translated.ts";

export const directory: Translated<typeof english> = {
  "directory.ways": "Странице именика",
  "directory.way.institutions": "Установе",
  "directory.way.import": "Увоз",
  "directory.way.absences": "Одсуства",
  "directory.way.opening": "Отварање пријаве",
  "directory.way.routing": "Ко поступа",
  "directory.way.holes": "Празнине",
};
