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
  "exclusions.withoutKey": "Ко још не може да је отвори",
  "exclusions.withoutKey.lead":
    "Дошли су пошто је пријава издвојена, или су поново преузели налог. Дозволите само ако сигурно знате да је то та особа.",
  "exclusions.share": "Дозволи да је отвори",
  "exclusions.add": "Искључи некога",
  "exclusions.words": "Име особе или назив установе",
  "exclusions.words.hint": "За оне којих нема испод.",
  "exclusions.find": "Пронађи",
  "exclusions.nothing": "Нико с тим именом нема налог, и нема установе с тим називом.",
  "exclusions.whom": "На кога се односи?",
  "exclusions.whom.hint": "Ако изаберете установу, пријаву не види нико ко ради у њој или у њеним истуреним одељењима.",
  "exclusions.missing": "Изаберите на кога се односи.",
  "exclusions.reported": "Установа коју пријава наводи",
  "exclusions.colleague": "Ради у овој служби",
  "exclusions.self": "То сте Ви. После овога више не видите пријаву.",
  "exclusions.before":
    "Од сада је пријава запечаћена без онога кога искључите. Што је раније отворено, виђено је; то се не може поништити.",
  "exclusions.send": "Искључи",
  "exclusions.changed":
    "У истом тренутку је неко дошао у службу или отишао из ње, па ништа није промењено. Пробајте још једном.",
  "exclusions.nobodyLeft":
    "Пријаву више не би могао да отвори нико из службе. Прво примите колегу на кога се то не односи.",
  "exclusions.change": "Искључи или поништи",
};
