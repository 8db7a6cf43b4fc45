import type { flood as english } from "../en/flood.ts";
import type { Translated } from "../translated.ts";

export const flood: Translated<typeof english> = {
  "journey.wait.title": "Само тренутак",
  "journey.wait.body.young":
    "Управо сада пише веома много људи. Ово још није стигло, али ништа није изгубљено. Сачекај неколико секунди, па притисни дугме. Ако си у опасности, позови одмах.",
  "journey.wait.body.adult":
    "Управо сада пише веома много људи. Ово још није стигло, али ништа није изгубљено. Сачекајте неколико секунди, па притисните дугме. Ако сте у опасности, позовите одмах.",
  "journey.wait.begin.young":
    "Управо сада пише веома много људи. Не мораш ништа да радиш. Ова страница сама покушава поново сваких неколико секунди. Ако си у опасности, позови одмах.",
  "journey.wait.begin.adult":
    "Управо сада пише веома много људи. Не морате ништа да радите. Ова страница сама покушава поново сваких неколико секунди. Ако сте у опасности, позовите одмах.",
  "journey.wait.beginNow.young": "Покушај одмах поново",
  "journey.wait.beginNow.adult": "Покушајте одмах поново",
  "journey.trap": "Ово поље треба да остане празно",

  "casework.shelf.lists": "Спискови",
  "casework.shelf.tab": "Вероватно спам: {count}",
  "casework.shelf.lead":
    "Сваку од ових пријава неко мора да погледа. Ако се одлука не донесе на време, пријава се враћа међу остале.",
  "casework.shelf.by": "рок: {moment}",
  "casework.shelf.back": "враћена са полице",
  "casework.shelf.spamTag": "спам",
  "casework.shelf.heading": "На полици: вероватно спам",
  "casework.shelf.due": "Рок за одлуку: {moment}. После тога се пријава сама враћа међу остале.",
  "casework.shelf.overdue": "Одлука није донета на време, па је пријава поново међу осталима.",
  "casework.shelf.sign.trap": "Попуњено је поље које људи не виде.",
  "casework.shelf.sign.fast": "Послата је брже него што човек може да је попуни.",
  "casework.shelf.sign.links": "У опису нема ничега осим веза ка другим страницама.",
  "casework.shelf.sign.one_character": "Опис је један исти знак који се понавља.",
  "casework.shelf.sign.repeated": "Исти опис је за један сат стигао много пута.",
  "casework.shelf.keep": "Није спам: врати међу пријаве",
  "casework.shelf.spam": "Јесте спам: затвори пријаву",
  "casework.shelf.changed": "Пријава је у међувремену измењена. Погледајте је поново пре него што одлучите.",
};
