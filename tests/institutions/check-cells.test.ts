import { describe, expect, it } from "vitest";
import { reportOn } from "../support/institution-files.ts";

const HEAD = "id;type;name;municipality;covers";
const line = (id: string, covers: string) => `${id};csw;Центар;Чачак;${covers}`;

describe("a cell of places", () => {
  it("has one fault for all that nobody knows, however many they are", () => {
    const covers = ["Чачак|Атлантида| |Мордор|Атлантида|Палилула", "Палилула|Атлантида", "x|".repeat(4_990)];
    expect(reportOn([HEAD, ...covers.map((cell, at) => line(`c-${at}`, cell))].join("\n"))).toEqual([
      "2 Further area “Атлантида | Мордор”: There is no such place.",
      "3 Further area “Палилула”: Several places are called so. Put the city before it, or the code.",
      "4 Further area “x”: There is no such place.",
    ]);
    const places = Array.from({ length: 1_500 }, (_, at) => `x${at}`);
    expect(reportOn(`${HEAD}\n${line("c-1", places.join("|"))}`)).toEqual([
      `2 Further area “${places.join(" | ").slice(0, 60)}”: There is no such place.`,
    ]);
  });
});
