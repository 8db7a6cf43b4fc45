import type { pages as english } from "../en/pages.ts";
import type { Translated } from "../translated.ts";

export const pages: Translated<typeof english> = {
  "pages.nav.learn": "Сазнај",
  "pages.footer.accessibility": "Приступачност",
  "pages.footer.school": "Ово је школски или заједнички рачунар",
  "pages.home.learn": "Желим да сазнам",
  "pages.home.learn.hint": "Шта је насиље, шта помаже и коме може да се каже.",
  "pages.home.numbers": "Бројеви за позив",
  "pages.home.allNumbers": "Сви бројеви",
  "pages.help.danger": "У опасности",
  "pages.help.others": "Други бројеви",
  "pages.help.cost": "Цена:",

  "pages.about.work.heading": "Шта се дешава са пријавом",
  "pages.about.work.sealed": "Запечаћена је чим стигне. Отвара је и чита тим који прима пријаве.",
  "pages.about.work.answer": "Тим одлучује ко може да помогне и одговара под шифром.",
  "pages.about.work.limits": "Овај сервис никога не шаље одмах. У опасности је позив бржи.",

  "pages.access.title": "Приступачност",
  "pages.access.heading": "Изјава о приступачности",
  "pages.access.lead":
    "Свако треба да може да користи овај сервис. То може тастатуром, читачем екрана, уз крупна слова, на старом телефону и на слабој вези.",
  "pages.access.standard":
    "Прављен је по смерницама WCAG 2.2, ниво AA, и по европском стандарду EN 301 549. Док постоје ограничења наведена испод, сматрамо га делимично усклађеним.",
  "pages.access.tested": "Шта се проверава и како",
  "pages.access.tested.axe":
    "Програм axe-core проверава сваку страницу на сваком језику, у светлим, тамним и контрастним бојама.",
  "pages.access.tested.narrow": "Ниједна страница се не помера у страну на екрану ширине 320 пиксела.",
  "pages.access.tested.script": "Ништа не захтева JavaScript. Пријава може да се пошаље и без колачића.",
  "pages.access.tested.words": "Тест мери колико су дуге реченице за децу.",
  "pages.access.limits": "Позната ограничења",
  "pages.access.limits.people": "Особе са инвалидитетом још нису испробале сервис.",
  "pages.access.limits.rest": "Отворена пријава се затвара после 30 минута без рада.",
  "pages.access.limits.reader": "Читачи екрана нису испробани ручно. Програм налази само део препрека.",
  "pages.access.limits.forms": "Још нема превода на знаковни језик, верзије лаке за читање ни звучног записа.",
  "pages.access.limits.calls": "Бројеви су за говорне позиве. Немамо проверен број за текстуалне поруке.",
  "pages.access.limits.school":
    "На школском рачунару се страница затвара после пет минута. Ко то укључи, може и да искључи.",
  "pages.access.contact": "Јавите нам за препреку",
  "pages.access.contact.write": "Пишите на {contact}. Наведите која је страница, шта користите и шта не ради.",
  "pages.access.contact.missing":
    "Овде онај ко води сервис уписује адресу за препреке и тело коме се обраћа ко не добије одговор.",
  "pages.access.prepared": "Изјаву су саставили аутори програма, на основу сопствених провера: {day}",

  "pages.school.title": "Рачунар",
  "pages.school.heading": "Школски или заједнички рачунар",
  "pages.school.lead": "Ово је за рачунар који после користи и неко други.",
  "pages.school.ends": "Све отворено се затвара 5 минута после последње отворене странице.",
  "pages.school.deletes": "Пријава која није послата тада се брише.",
  "pages.school.long": "Ко пише дуже, притиска на време „Још сам овде“.",
  "pages.school.history": "Историја прегледача остаје. На крају треба затворити све прозоре.",
  "pages.school.cookie": "Један колачић ово памти док се прегледач не затвори.",
  "pages.school.on": "Укључи",
  "pages.school.off": "Искључи",
  "pages.school.isOn": "Укључено је.",
  "pages.school.note": "Школски рачунар: страница се сама затвара после 5 минута.",
  "pages.school.end": "Заврши одмах",
  "pages.school.stay": "Још сам овде",
  "pages.school.stay.hint": "Ово дугме даје још 5 минута и чува текст.",

  "pages.error.ways": "Куда даље",

  "pages.shift": "Кад се тастер Shift притисне три пута, пријава се одмах напушта. За то мора да ради JavaScript.",
};
