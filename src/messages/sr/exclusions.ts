import type { exclusions as english } from "../en/exclusions.ts";
import type { Translated } from "../translated.ts";

export const exclusions: Translated<typeof english> = {
  "exclusions.heading": "Сукоб интереса",
  "exclusions.back": "Назад на {number}",
  "exclusions.lead":
    "Ко је именован као онај ко чини насиље, или кога се подносилац боји, не сме да види ову пријаву: ни у листи, ни у збиру, ни у обавештењу.",
  "exclusions.kept": "Ко је не види",
  "exclusions.none": "Нико није искључен.",
  "exclusions.since": "од {moment}",
  "exclusions.lift": "Поништи",
  "exclusions.lift.hint": "Поништавање још једном тражи потврду ко сте, и остаје забележено.",
  "exclusions.left": "Неко ко више нема налог",
  "exclusions.add": "Искључи некога",
  "exclusions.words": "Име особе или назив установе",
  "exclusions.words.hint": "За оне којих нема испод.",
  "exclusions.find": "Пронађи",
  "exclusions.nothing": "Нико с тим именом не ради ни у једној служби, и нема установе с тим називом.",
  "exclusions.whom": "На кога се односи?",
  "exclusions.whom.hint": "Установа искључује све који раде у њој и у њеним истуреним одељењима.",
  "exclusions.missing": "Изаберите на кога се односи.",
  "exclusions.reported": "Установа коју пријава наводи",
  "exclusions.colleague": "Ради у овој служби",
  "exclusions.self": "То сте Ви. После овога више не видите пријаву.",
  "exclusions.before":
    "Од сада је пријава запечаћена без онога кога искључите. Што је раније отворено, виђено је; то се не може поништити.",
  "exclusions.send": "Искључи",
  "exclusions.nobodyLeft":
    "Пријаву више не би могао да отвори нико из службе. Прво примите колегу на кога се то не односи или се обратите надзорном органу.",
  "exclusions.change": "Искључи или поништи",
};
