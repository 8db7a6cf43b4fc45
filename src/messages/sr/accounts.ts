import type { accounts as english } from "../en/accounts.ts";
import type { Translated } from "../translated.ts";

export const accounts: Translated<typeof english> = {
  "accounts.signIn.title": "Улаз",
  "accounts.signIn.heading": "Пријављивање за запослене",
  "accounts.signIn.lead": "За оне који раде овде. Да пријавиш насиље или пратиш пријаву, налог ти не треба.",
  "accounts.signIn.send": "Пријавите се",
  "accounts.signIn.refused": "Имејл и лозинка се не слажу. Проверите оба и покушајте поново.",
  "accounts.email": "Имејл",
  "accounts.email.missing": "Упишите имејл адресу",
  "accounts.email.wrong": "Упишите имејл адресу у облику ime@primer.rs",
  "accounts.password": "Лозинка",
  "accounts.password.missing": "Упишите лозинку",
  "accounts.password.short": "Изаберите лозинку од најмање 12 знакова",
  "accounts.password.hint": "Најмање 12 знакова. Више речи заредом лако се памти.",
  "accounts.name": "Име и презиме",
  "accounts.name.missing": "Упишите име",
  "accounts.language": "Језик",
  "accounts.language.change": "Промени",
  "accounts.account.title": "Налог",
  "accounts.account.heading": "Ваш налог",
  "accounts.account.everywhere": "Одјави свуда",
  "accounts.account.everywhere.hint": "Завршава све сесије овог налога, на овом и на сваком другом рачунару.",
  "accounts.signOut": "Одјава",
  "accounts.setup.title": "Подешавање",
  "accounts.setup.heading": "Отварање тријажне службе",
  "accounts.setup.lead": "Постајете први члан службе која прима сваку пријаву. Ова веза важи једном.",
  "accounts.setup.noRecovery":
    "Овај сервис нема свој кључ за опоравак. Ако изгубите и лозинку и код за опоравак, пријаве више нико неће моћи да отвори. Пре него што наставите, онај ко одржава сервис може да подеси тај кључ.",
  "accounts.setup.send": "Отвори службу",
  "accounts.setup.done": "Служба је отворена",
  "accounts.setup.recovery":
    "Препишите овај код за опоравак и чувајте га на папиру. Приказује се само сада. Отвара налог ако заборавите лозинку.",
  "accounts.setup.signIn": "Пријавите се",
  "accounts.nav": "Странице за запослене",
  "accounts.nav.cases": "Пријаве",
  "accounts.nav.account": "Налог",
};
