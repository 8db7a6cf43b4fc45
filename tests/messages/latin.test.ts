import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toLatin } from "#messages/latin.ts";

const SERBIAN = [..."абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"];
const word = fc.array(fc.constantFrom(...SERBIAN), { minLength: 1, maxLength: 12 }).map((letters) => letters.join(""));
const sentence = fc.array(word, { maxLength: 10 }).map((words) => words.join(" "));

describe("letters", () => {
  it.each([
    ["абвгдђежзијклљмнњопрстћуфхцчџш", "abvgdđežzijklljmnnjoprstćufhcčdžš"],
    ["Љубав, њега и џеп.", "Ljubav, njega i džep."],
    ["Његош", "Njegoš"],
    ["ЊЕГОШ", "NJEGOŠ"],
    ["КРАЉ и КОЊ", "KRALJ i KONJ"],
    ["А. Љ. Џ.", "A. Lj. Dž."],
    ["Ђорђе Џонић – Ћуприја 18+", "Đorđe Džonić – Ćuprija 18+"],
  ])("%s is %s", (cyrillic, latin) => {
    expect(toLatin(cyrillic)).toBe(latin);
  });

  it("Latin letters, digits, signs and other Cyrillic alphabets stay as they are", () => {
    expect(toLatin("SMS 116 111, https://example.org?a=b й")).toBe("SMS 116 111, https://example.org?a=b й");
  });

  it("no Cyrillic letter remains of Serbian words", () => {
    fc.assert(fc.property(sentence, (text) => !/\p{Script=Cyrillic}/u.test(toLatin(text))));
  });

  it("what is already Latin does not change again", () => {
    fc.assert(fc.property(sentence, (text) => toLatin(toLatin(text)) === toLatin(text)));
  });
});

describe("placeholders and tags", () => {
  it("a placeholder keeps its name, even a Cyrillic one", () => {
    expect(toLatin("Позовите {број} или {number}.")).toBe("Pozovite {број} ili {number}.");
  });

  it("a tag keeps its attributes and its content is rewritten", () => {
    expect(toLatin('<a title="Ћирилица" href="/sr">Ћирилица</a>')).toBe('<a title="Ћирилица" href="/sr">Ćirilica</a>');
  });

  it("a less-than sign is not a tag", () => {
    expect(toLatin("Два < три и пет > четири")).toBe("Dva < tri i pet > četiri");
  });

  it("every placeholder survives between any words", () => {
    const name = fc.stringMatching(/^[a-zA-Zа-ш.]{1,10}$/u);
    fc.assert(
      fc.property(sentence, name, sentence, (before, key, after) => {
        expect(toLatin(`${before}{${key}}${after}`)).toBe(`${toLatin(before)}{${key}}${toLatin(after)}`);
      }),
    );
  });
});

describe("foreign names", () => {
  it.each([
    ["Вајбер, Вотсап или Снепчет", "Viber, WhatsApp ili Snapchat"],
    ["на Фејсбуку и Тиктоку", "na Facebooku i TikToku"],
    ["Вајбером или Инстаграмом", "Viberom ili Instagramom"],
    ["снимак са Јутјуба, претрага на Гуглу", "snimak sa YouTube-a, pretraga na Google-u"],
    ["Гугл Хром", "Google Chrome"],
    ["Вајбер-група", "Viber-grupa"],
    ["јавни вај-фај, на вај-фају", "javni Wi-Fi, na Wi-Fi-ju"],
    ["Вај-фај", "Wi-Fi"],
    ["у Опери мини", "u Operi Mini"],
    ["ФЕЈСБУК И ФЕЈСБУКУ", "FACEBOOK I FACEBOOKU"],
    ["УНИЦЕФ и УНЕСКО", "UNICEF i UNESCO"],
  ])("%s is %s", (cyrillic, latin) => {
    expect(toLatin(cyrillic)).toBe(latin);
  });

  it("a longer word that begins like a foreign name is an ordinary word", () => {
    expect(toLatin("Зумирање, Јутјубери, вајбер")).toBe("Zumiranje, Jutjuberi, vajber");
  });
});
