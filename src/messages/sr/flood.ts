import type { flood as english } from "../en/flood.ts";
import type { Translated } from "../translated.ts";

export const flood: Translated<typeof english> = {
  "journey.wait.title": "Само тренутак",
  "journey.wait.body":
    "Управо сада пише веома много људи. Ово још није стигло. Твој текст је сачуван на овој страници. Сачекај неколико секунди, па притисни дугме. Ако си у опасности, позови одмах.",
  "journey.wait.begin":
    "Управо сада пише веома много људи. Не мораш ништа да радиш. Ова страница сама покушава поново сваких неколико секунди. Ако си у опасности, позови одмах.",
  "journey.wait.beginNow": "Покушај одмах поново",
  "journey.trap": "Ово поље остави празно",

};
