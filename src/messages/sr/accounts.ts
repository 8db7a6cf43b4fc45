import type { accounts as english } from "../en/accounts.ts";
import type { Translated } from "../translated.ts";

export const accounts: Translated<typeof english> = {
  "accounts.signIn.title": "Улаз",
  "accounts.signIn.heading": "Улаз за запослене",
  "accounts.signIn.lead": "За оне који раде овде. За пријаву насиља и праћење пријаве налог није потребан.",
  "accounts.signIn.send": "Улаз",
  "accounts.signIn.refused": "Имејл или лозинка нису тачни. Проверите их и покушајте поново.",
  "accounts.email": "Имејл",
  "accounts.email.missing": "Упишите имејл адресу",
  "accounts.email.wrong": "Упишите имејл адресу у облику ime@primer.rs",
  "accounts.password": "Лозинка",
  "accounts.password.missing": "Упишите лозинку",
  "accounts.password.short": "Изаберите лозинку од најмање 12 знакова",
  "accounts.password.hint": "Најмање 12 знакова. Неколико речи заредом лако се памти.",
  "accounts.name": "Име и презиме",
  "accounts.name.missing": "Упишите име",
  "accounts.language": "Језик",
  "accounts.language.change": "Промени",
  "accounts.account.title": "Налог",
  "accounts.account.heading": "Ваш налог",
  "accounts.account.everywhere": "Одјава на свим уређајима",
  "accounts.account.everywhere.hint": "Прекида рад овог налога на овом и на сваком другом уређају.",
  "accounts.signOut": "Одјава",
  "accounts.setup.title": "Подешавање",
  "accounts.setup.heading": "Отварање тријажне службе",
  "accounts.setup.lead":
    "Постајете први члан службе која прима сваку пријаву. Ова веза може да се употреби само једном.",
  "accounts.setup.noRecovery":
    "Овај сервис нема кључ за опоравак. Ако изгубите и лозинку и код за опоравак, пријаве више нико неће моћи да отвори. Пре него што наставите, онај ко одржава сервис може да подеси тај кључ.",
  "accounts.setup.send": "Отвори службу",
  "accounts.setup.done": "Служба је отворена",
  "accounts.setup.recovery":
    "Препишите овај код за опоравак и чувајте га на папиру. Приказује се само сада. Отвара налог ако заборавите лозинку.",
  "accounts.setup.signIn": "На улаз",
  "accounts.nav": "Странице за запослене",
  "accounts.nav.cases": "Пријаве",
  "accounts.nav.institutions": "Установе",
  "accounts.nav.desks": "Службе које се не јављају",
  "accounts.nav.report": "Пријава за дете",
  "accounts.nav.account": "Налог",
};
