import type { manage as english } from "../en/manage.ts";
import type { Translated } from "../translated.ts";

export const manage: Translated<typeof english> = {
  "manage.usage":
    "употреба: npm run manage -- <add-person ROLE EMAIL NAME [IDENTIFIER [DESK]] | admit-by-recovery EMAIL | backup FILE [--verify] | restore FILE [--mark MARK] [--parts-differ] | import-institutions FILE [--apply] [--right-lines-only] | new-recovery-key | verify-audit | purge>",
  "manage.person.password": "Налог је направљен. Лозинка: {password}",
  "manage.person.recovery": "Код за опоравак, који се чува на папиру: {recoveryCode}",
  "manage.person.notSetUp":
    "Овде још нико не ради. Прво отворите тријажну службу везом за подешавање коју исписује сервис.",
  "manage.person.emailTaken": "Налог са овом адресом већ постоји.",
  "manage.person.noInstitution": "Нема установе са овим идентификатором.",
  "manage.person.noDesk": "Ова установа још нема службу.",
  "manage.person.deskTaken": "Ова служба већ има свој кључ; остале прима колега из ње.",
  "manage.person.whichDesk":
    "Ова установа има више служби. Као последњи податак наведите ону која чека свог првог члана:",
  "manage.admit.noIdentity": "Унесите тајни кључ за опоравак преко стандардног улаза.",
  "manage.admit.nobody": "Нико нема налог са овим имејлом.",
  "manage.admit.shared.one": "Поново се отвара {count} издвојен предмет.",
  "manage.admit.shared.few": "Поново се отварају {count} издвојена предмета.",
  "manage.admit.shared.other": "Поново се отвара {count} издвојених предмета.",
  "manage.admit.nowhere": "Ова особа не чека ни у једној служби.",
  "manage.admit.done": "прима се",
  "manage.admit.noKey": "не прима се: кључ службе није печаћен кључем за опоравак",
  "manage.admit.wrong": "Ово није тајни кључ за који су печаћени кључеви служби.",
  "manage.askIdentity": "Унесите тајни кључ за опоравак и потврдите:",
  "manage.recoveryIdentity": "Препишите овај кључ на папир и чувајте га далеко од сваког сервера: {identity}",
  "manage.auditFault": "евиденција: {kind} на месту {position}",
  "manage.audit.cut":
    "евиденција је скраћена: њен крај, како је забележен у {file}, више није у бази; проверите ланац евиденције, а после обнављања на другом серверу избришите белешку",
  "manage.audit.unreadable":
    "{file} није белешка овог сервиса, па се не види да ли је евиденција скраћена: испитајте зашто, па избришите датотеку",
  "manage.audit.unnoted":
    "у {file} ништа није забележено, па се не види да ли је евиденција скраћена: бележи се минут после покретања сервиса",
  "manage.audit.waiting": "уписи у евиденцији чекају дуже од минута: ако сервис ради, нешто им не да на њихово место",
  "manage.auditHolds": "ланац евиденције је цео",
  "manage.noRecovery":
    "Кључ за опоравак сервиса није подешен: ако једини члан службе изгуби и лозинку и код за опоравак, њене пријаве више нико не може да отвори",
  "manage.plain":
    "сервис без безбедне везе одговара и другим рачунарима, па не прима пријаве, не приказује предмете и не прави кључ за опоравак: испред њега поставите сервер који штити везу",
  "manage.noSecretsCopy":
    "Препис датотеке са тајнама, печаћен кључем за опоравак, није могао да се упише поред ње: чувајте саму датотеку као и кључ за опоравак",
  "manage.noStore":
    "На месту {place} нема складишта ове верзије. Ништа није направљено ни измењено. Проверите где су подаци или једном покрените сервис.",
  "manage.noSecrets":
    "На месту {file} нема датотеке са тајнама. Ништа није направљено ни измењено. Потребна је она коју користи сам сервис.",
};
