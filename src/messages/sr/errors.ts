import type { errors as english } from "../en/errors.ts";
import type { Translated } from "../translated.ts";

export const errors: Translated<typeof english> = {
  "errors.notFound.title": "Ова страница не постоји",
  "errors.notFound.body": "Адреса је можда стара или погрешно укуцана. Ништа од онога што пишеш није послато.",
  "errors.otherSite.title": "Ово није примљено",
  "errors.otherSite.body":
    "Образац је стигао са другог сајта. Ништа није сачувано. Ако је ово твој текст, отвори нашу страницу и пошаљи поново.",
  "errors.unreadable.title": "Ово не можемо да прочитамо",
  "errors.unreadable.body": "Нека слова су стигла оштећена. Ништа није сачувано. Погледај текст испод и пошаљи поново.",
  "errors.wrongType.title": "Ово не можемо да прочитамо",
  "errors.wrongType.body":
    "Образац је стигао на начин који не познајемо. Ништа није сачувано. Отвори страницу поново и пошаљи одатле.",
  "errors.tooLarge.title": "Ово је предугачко за једно слање",
  "errors.tooLarge.body":
    "Ништа са ове странице није сачувано. Оно што пише на ранијим страницама и даље је ту. Пошаљи прво краћи део; остатак можеш да додаш касније.",
  "errors.tooMany.title": "Превише покушаја",
  "errors.tooMany.body": "Сачекај минут, па покушај поново. Твој текст није изгубљен.",
  "errors.notTaken.title": "Ово НИЈЕ примљено",
  "errors.notTaken.body":
    "Код нас нешто не ради и ништа није сачувано. Твој текст је испод. Покушај поново за минут. Ако си у опасности, позови одмах.",
  "errors.broken.title": "Код нас је дошло до грешке",
  "errors.broken.body": "Ништа није послато. Покушај поново за минут. Ако си у опасности, позови одмах.",
  "errors.requestId": "Ако тражиш помоћ око овога, реци овај број: {id}",
  "errors.yourText": "Твој текст",
  "errors.tryAgain": "Покушај поново",
  "errors.toStart": "На почетну страницу",
  "errors.summary": "Нешто треба још једном погледати",
  "errors.field.unknown": "Изабери један од понуђених одговора",
  "errors.field.tooLong": "Ово је дуже од {max} знакова. Мало скрати.",
};
