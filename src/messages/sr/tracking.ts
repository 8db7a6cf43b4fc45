import type { tracking as english } from "../en/tracking.ts";
import type { Translated } from "../translated.ts";

export const tracking: Translated<typeof english> = {
  "tracking.title": "Страница",
  "tracking.heading": "Прати пријаву",
  "tracking.lead": "Укуцај своју шифру: 16 цифара. Размаци нису важни.",
  "tracking.code": "Шифра",
  "tracking.code.hint": "На пример 1234 5678 9012 3456",
  "tracking.code.malformed": "Шифра има 16 цифара. Погледај је још једном.",
  "tracking.open": "Отвори",
  "tracking.refused": "Ова шифра не отвара ништа. Провери сваку цифру.",
  "tracking.over":
    "Пријава је предуго била отворена, па се затворила. Ово сада НИЈЕ послато. Отвори је шифром и пошаљи поново. Ако си у опасности, позови одмах.",
  "tracking.lost": "Шифра је изгубљена? По твојој пријави се ипак поступа. Можеш да пошаљеш и нову.",
  "tracking.busy.title": "Страница",
  "tracking.busy.heading": "Само тренутак",
  "tracking.busy.lead":
    "Управо се проверава много шифара. Сачекај пола минута и притисни дугме. Твоја шифра је и даље у пољу.",
  "tracking.case.heading": "Твоја пријава",
  "tracking.case.next": "Тријажа сваку пријаву прочита најкасније до: {day}. То је правило самог сервиса.",
  "tracking.case.answered": "Испод те чека одговор.",
  "tracking.case.asked": "Тријажа те нешто пита. Можеш да одговориш испод.",
  "tracking.case.nothing": "Још нико није писао. Врати се са истом шифром.",
  "tracking.case.steps": "Шта се до сада догодило",
  "tracking.case.messages": "Поруке",
  "tracking.case.from.us": "Тријажа",
  "tracking.case.from.you": "Ти",
  "tracking.case.earlier": "Раније поруке",
  "tracking.add": "Напиши или додај нешто",
  "tracking.add.hint": "Можеш да пишеш колико год пута хоћеш.",
  "tracking.add.send": "Пошаљи",
  "tracking.add.missing": "Прво напиши нешто",
  "tracking.add.sent": "Твоје речи су стигле. Тријажа их види.",
  "tracking.notSafe": "Нисам на сигурном",
  "tracking.notSafe.hint": "Твоја пријава одмах иде на врх. Ако можеш, и позови: {numbers}.",
  "tracking.notSafe.sent": "Тријажа сада види да ниси на сигурном. Ако можеш, позови: {numbers}.",
  "tracking.close": "Затвори и заборави на овом телефону",
};
