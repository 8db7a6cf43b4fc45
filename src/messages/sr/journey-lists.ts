import type { journeyLists as english } from "../en/journey-lists.ts";
import type { Translated } from "../translated.ts";

export const journeyLists: Translated<typeof english> = {
  "journey.place.young.classroom": "У учионици",
  "journey.place.young.corridor": "У ходнику",
  "journey.place.young.toilet": "У тоалету",
  "journey.place.young.yard": "У дворишту",
  "journey.place.young.gym": "У сали за физичко или у свлачионици",
  "journey.place.young.canteen": "У трпезарији",
  "journey.place.young.trip": "На екскурзији или излету",
  "journey.place.young.after_care": "У продуженом боравку",
  "journey.place.young.online_class": "У групи одељења на телефону",
  "journey.place.young.other": "Негде другде",

  "journey.online.young.social_media": "На друштвеној мрежи",
  "journey.online.young.messaging": "У апликацији за поруке",
  "journey.online.young.gaming": "У игрици",
  "journey.online.young.video": "Тамо где се гледају и објављују снимци",
  "journey.online.young.website": "На неком сајту",
  "journey.online.young.email_sms": "Имејлом, СМС поруком или позивом",
  "journey.online.young.other": "Негде другде",

  "journey.frequency.young.once": "Десило се једном",
  "journey.frequency.young.few": "Неколико пута",
  "journey.frequency.young.weekly": "Више пута недељно",
  "journey.frequency.young.daily": "Сваког дана",
  "journey.frequency.young.ongoing_now": "Дешава се баш сада",

  "journey.age.young.0_2": "0 до 2 године",
  "journey.age.young.3_6": "3 до 6 година",
  "journey.age.young.7_10": "7 до 10 година",
  "journey.age.young.11_13": "11 до 13 година",
  "journey.age.young.14": "14 година",
  "journey.age.young.15": "15 година",
  "journey.age.young.16_17": "16 или 17 година",
  "journey.age.young.18_plus": "18 година или више",

  "journey.sex.young.f": "Девојчица или девојка",
  "journey.sex.young.m": "Дечак или младић",
  "journey.sex.young.other": "Нешто друго",

  "journey.vulnerability.young.disability": "Тешкоће са кретањем, видом, слухом или учењем",
  "journey.vulnerability.young.roma": "Ромска породица",
  "journey.vulnerability.young.lgbt": "Геј, лезбејка, транс или слично",
  "journey.vulnerability.young.refugee": "Долазак из друге земље",
  "journey.vulnerability.young.alt_care": "Живот без родитеља",
  "journey.vulnerability.young.poverty": "Нема довољно новца за храну или одећу",
  "journey.vulnerability.young.chronic_illness": "Болест која дуго траје",
  "journey.vulnerability.more.young": "Још нешто о теби, ако желиш",
  "journey.vulnerability.young.language": "Српски се још учи",
  "journey.vulnerability.young.pregnant": "Трудноћа или беба",
  "journey.vulnerability.young.none_known": "Ништа од овога, или не знам",

  "journey.told.young.family": "Неко код куће или из породице",
  "journey.told.young.school": "Неко у школи",
  "journey.told.young.csw": "Социјални радници",
  "journey.told.young.helpline": "Неко са дечје линије",
};
