import type { start as english } from "../en/start.ts";
import type { Translated } from "../translated.ts";

export const start: Translated<typeof english> = {
  "accounts.setup.choose": "За кога је овај сервис?",
  "accounts.setup.choose.lead": "На следећој страници прави се први налог. После тога ова веза више ништа не отвара.",
  "accounts.setup.choose.then":
    "Затим улазите у сервис и налазите списак: кључ за опоравак, прва служба, ко може да пријави, пошта, безбедна веза. Можете да станете у сваком тренутку и да наставите касније.",
  "accounts.setup.country": "За државу",
  "accounts.setup.country.hint": "Сваку пријаву прима једна тријажна служба. Установе се додају после.",
  "accounts.setup.school": "За једну школу",
  "accounts.setup.school.hint": "Сваку пријаву прима школски тим за заштиту. Никог не питамо која је школа.",
  "accounts.setup.other": "Други избор: за кога је сервис",
  "accounts.setup.heading": "Подешавање сервиса",
  "accounts.setup.lead":
    "Постајете администратор: бринете о налозима и установама. Администратор никада не отвара пријаве, па у служби мора да ради неко други.",
  "accounts.setup.operator.country": "Ко води сервис",
  "accounts.setup.operator.school": "Назив школе",
  "accounts.setup.operator.missing": "Упишите назив",
  "accounts.setup.type": "Врста школе",
  "accounts.setup.type.missing": "Изаберите врсту школе",
  "accounts.setup.territory": "Општина",
  "accounts.setup.territory.missing": "Изаберите општину",
  "accounts.setup.stage": "Ко може да пријави на почетку",
  "accounts.setup.stage.hint": "Ово можете да промените касније, и за поједина места и од одређеног дана.",
  "accounts.setup.you": "Ваш налог",
  "accounts.setup.languages": "Језик на којем радите.",
  "accounts.setup.send": "Направи налог",
  "accounts.setup.done": "Налог је направљен",

  "accounts.start.title": "Сервис",
  "accounts.start.heading.ready": "Сервис је спреман",
  "accounts.start.heading.waits": "Шта сервису још недостаје",
  "accounts.start.ready": "Пријаве се примају и има ко да их отвори.",
  "accounts.start.waits":
    "Пријаве се још не примају. Док се ово не заврши, страница за пријаву показује бројеве за позив.",
  "accounts.start.closed": "Има ко да отвори пријаве, али још нигде нико не може да пријави.",
  "accounts.start.size": "Намена",
  "accounts.start.operator": "Назив",
  "accounts.start.languages": "Језици",
  "accounts.offered": "Језици за јавност",
  "accounts.offered.hint":
    "Ко затражи страницу на другом језику, долази на први од изабраних. Запослени бирају међу свима.",
  "accounts.offered.missing": "Изаберите бар један језик",
  "accounts.offered.send": "Измена језика",
  "accounts.start.state.done": "готово",
  "accounts.start.state.missing": "недостаје",
  "accounts.start.state.choice": "по избору",
  "accounts.start.recovery": "Кључ за опоравак",
  "accounts.start.recovery.what":
    "Лежи на папиру у сефу и отвара сваку службу. Без њега служба чији запослени изгубе лозинке и кодове за опоравак остаје заувек затворена.",
  "accounts.start.recovery.now": "Направите га пре него што у службу дође прва особа.",
  "accounts.start.recovery.plain": "Може да се направи када људи на сервис буду долазили безбедном везом.",
  "accounts.start.recovery.late":
    "Једна служба већ има свој кључ, па овде више не може да се направи: јавни кључ за опоравак подешава онај ко одржава сервис. Важи за сваки кључ направљен после тога.",
  "accounts.start.recovery.once": "Приказује се само једном. Припремите штампач или папир.",
  "accounts.start.recovery.set": "Подешен је тамо где сервис ради. Његова ознака:",
  "accounts.start.recovery.stored": "Направљен је овде и не чува се нигде. Његова ознака, као на папиру:",
  "accounts.start.recovery.uncovered.one":
    "Још не отвара {count} старији кључ неке службе или једног случаја. То се мења чим се следећи пут пријави неко ко тај кључ има.",
  "accounts.start.recovery.uncovered.few":
    "Још не отвара {count} старија кључа служби или појединих случајева. То се мења чим се следећи пут пријави неко ко такав кључ има.",
  "accounts.start.recovery.uncovered.other":
    "Још не отвара {count} старијих кључева служби или појединих случајева. То се мења чим се следећи пут пријави неко ко такав кључ има.",
  "accounts.start.recovery.make": "Нов кључ за опоравак",
  "accounts.start.recovery.makeAnother": "Други кључ уместо овог",
  "accounts.start.key.heading": "Кључ за опоравак",
  "accounts.start.key.keep":
    "Одштампајте ову страницу или препишите кључ, слово по слово. Чувајте га у сефу, далеко од сваког сервера. Приказује се само сада.",
  "accounts.start.key.ending": "Поред њега упишите и ову ознаку. Списак сервиса показује ознаку кључа који важи:",
  "accounts.start.key.secrets":
    "На исти папир упишите и ознаку тајни сервиса. Када се враћа резервна копија, по њој се види да препис тајни није туђ:",
  "accounts.start.key.opens": "Ко га има, може да отвори сваку пријаву. Две особе треба да знају где стоји.",
  "accounts.start.key.again":
    "Папир није успео? Док у службу не дође прва особа, можете да направите други кључ; овај тада не отвара ништа.",
  "accounts.start.key.next": "Кључ је на папиру",
  "accounts.start.desk.country": "Тријажна служба",
  "accounts.start.desk.school": "Школски тим за заштиту",
  "accounts.start.desk.none": "Тамо још нико не ради. Направите позив за прву особу: добијате везу и слику за штампу.",
  "accounts.start.desk.other":
    "То мора да буде неко други, а не Ви. Помоћу везе та особа бира лозинку и прави кључ службе.",
  "accounts.start.desk.invited": "Једна особа је позвана. Веза важи до {until}.",
  "accounts.start.desk.open": "Тамо неко ради и може да отвори пријаве.",
  "accounts.start.desk.invite": "Позив за прву особу",
  "accounts.start.desk.invitation": "Приказ везе",
  "accounts.start.desk.team": "Ко тамо ради",
  "accounts.start.stage": "Ко може да пријави",
  "accounts.start.stage.change": "Измена",
  "accounts.start.mail": "Пошта",
  "accounts.start.mail.none":
    "Сервер за имејл није подешен. То није препрека: позиви се предају на папиру, а ко је пријавио, сам погледа одговор.",
  "accounts.start.mail.noAddress":
    "Сервер за имејл је подешен. Још недостаје адреса сервиса, да би у писмима могле да стоје везе.",
  "accounts.start.mail.set": "Сервер за имејл је подешен.",
  "accounts.start.line": "Безбедна веза",
  "accounts.start.line.secure": "Људи долазе на сервис безбедном везом.",
  "accounts.start.line.near":
    "Сервис одговара само на овом рачунару. Други му приступају када испред стоји безбедна веза.",
  "accounts.start.line.plain":
    "Сервис одговара без безбедне везе. Пријаве се не примају, предмети се не приказују, а лозинке успут може неко да прочита.",
  "accounts.start.backup": "Резервне копије",
  "accounts.start.backup.off":
    "Резервне копије се не праве. Подесите фасциклу на другом диску, па поново покрените сервис.",
  "accounts.start.backup.soon":
    "Резервна копија прави се сваке ноћи, а прва у року од десет минута, чим постоји кључ за опоравак. Тада ће стајати овде.",
  "accounts.start.backup.late": "Једна ноћ је прескочена. Погледајте дневник сервиса.",
  "accounts.start.backup.dayToCome":
    "Међу резервним копијама стоји једна са датумом који тек долази: неки сат је био погрешан. Подесите сат и преместите ту датотеку; дан касније ова порука нестаје.",
  "accounts.start.backup.on": "Резервна копија прави се сваке ноћи.",
  "accounts.start.backup.mark":
    "При враћању помоћу преписа тајни тражи се њихова ознака. Треба да стоји на папиру, уз кључ за опоравак:",
  "accounts.start.backup.last": "Последња: {when}.",
  "accounts.start.outside": "Установе изван школе",
  "accounts.start.outside.what":
    "Када насиље чини запослени у школи, ко пријављује прво види ове установе. Додајте центар за социјални рад, полицију и просветну инспекцију Ваше општине, са бројевима телефона које је неко проверио.",
  "accounts.nav.start": "Сервис",
  "accounts.plain.heading": "Ова веза није безбедна",
  "accounts.plain.body":
    "Сервис одговара без заштите, па све може успут да се прочита, и лозинке. Док је тако, пријаве се не примају, предмети и евиденција су затворени, а кључ за опоравак се не прави.",
  "accounts.plain.closed": "Затворено на овој вези",
  "accounts.plain.closed.cases":
    "Ова веза није безбедна. Садржај предмета могао би успут да се прочита, па се овде ништа од њега не приказује и не прима.",
  "accounts.plain.closed.key":
    "Ова веза није безбедна. Ко чита успут, имао би кључ који отвара све службе. Направите га када људи на сервис буду долазили безбедном везом.",
  "accounts.plain.how":
    "Испред сервиса поставите сервер који штити везу; у фасцикли са упутствима стоје два примера. Затим покрените сервис тако да одговара само на том рачунару, и са безбедном адресом:",

  "site.schoolTeam": "Школски тим за заштиту",

  "journey.plain.heading": "Одавде не може да се пошаље пријава",
  "journey.plain.body": "Ова веза није безбедна. Неко би могао да чита. Боље је позвати.",
  "journey.outside.heading": "Помоћ изван школе",
  "journey.outside.reads": "Пријаве овде чита тим саме школе: {school}.",
  "journey.outside.instead": "Ако је то неко из школе, прво треба звати некога споља.",
  "journey.outside.bodies": "Они раде изван школе",
  "journey.outside.no": "Број још није проверен. Знају га овде: {number}",
  "journey.outside.call": "Бројеви за позив",
  "journey.outside.still": "Пријава и даље може да оде тиму школе.",
  "journey.outside.continue": "Даље на пријаву",
  "journey.outside.begin": "Пријава тиму школе",
  "journey.outside.way": "То ради неко ко је запослен у школи",
  "journey.outside.unsent": "Још ништа није послато.",
  "journey.outside.send": "Ипак пошаљи",
};
