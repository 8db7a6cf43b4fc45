import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keepStatements } from "#platform/db/keep-statements.ts";

let connection: Sqlite.Database;
beforeEach(() => {
  connection = new Sqlite(":memory:");
  connection.exec("create table word (id integer primary key, text text not null)");
  keepStatements(connection);
});
afterEach(() => connection.close());

it("prepares the same text once, and another text anew", () => {
  const first = connection.prepare("select text from word where id = ?");
  expect(connection.prepare("select text from word where id = ?")).toBe(first);
  expect(connection.prepare("select text from word where id > ?")).not.toBe(first);
});

it("gives rows by name after somebody asked the same for lists", () => {
  connection.prepare("insert into word (text) values (?)").run("a");
  expect(connection.prepare("select text from word").raw().all()).toEqual([["a"]]);
  expect(connection.prepare("select text from word").all()).toEqual([{ text: "a" }]);
});

it("lets go of what was not used for longest, which still works when it is asked again", () => {
  const often = connection.prepare("select 0");
  const once = connection.prepare("select 1");
  for (let n = 2; n < 700; n++) {
    connection.prepare(`select ${n}`);
    if (n % 100 === 0) connection.prepare("select 0");
  }
  expect(connection.prepare("select 0")).toBe(often);
  expect(connection.prepare("select 1")).not.toBe(once);
  expect(connection.prepare("select 1").raw().get()).toEqual([1]);
});

it("sees a table that was changed since", () => {
  connection.prepare("insert into word (text) values (?)").run("a");
  expect(connection.prepare("select * from word").all()).toEqual([{ id: 1, text: "a" }]);
  connection.exec("alter table word add column seen integer");
  expect(connection.prepare("select * from word").all()).toEqual([{ id: 1, text: "a", seen: null }]);
});
