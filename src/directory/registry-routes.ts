import { Hono } from "hono";
import { may } from "#accounts/index.ts";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { seeOther } from "#platform/http/page.ts";
import type { DirectoryNeeds } from "./needs.ts";
import {
  receiveAbsence,
  receiveAbsenceRemoval,
  receiveAbsences,
  showAbsence,
  showAbsences,
} from "./registry-absences.ts";
import { receiveAdd, showAdd } from "./registry-add.ts";
import { ABSENCES, institutionAddress, REGISTRY } from "./registry-address.ts";
import { receiveContact, receiveRemoval, showContact } from "./registry-contacts.ts";
import { receiveDesk, showDesk } from "./registry-desks.ts";
import { receiveEdit, showEdit } from "./registry-edit.ts";
import { receiveEnd, receiveReopen, showEnd } from "./registry-end.ts";
import { showRegistry } from "./registry-list-page.ts";
import { showInstitution } from "./registry-page.ts";

/** An id is longer than the words that other pages of the directory begin with, such as "import". */
const ID = "{[\\w-]{8,40}}";
const ONE = `${REGISTRY}/:id${ID}`;
const DESK = `${ONE}/desks/:desk${ID}`;
const CONTACT = `${ONE}/contacts/:contact${ID}`;
const ABSENCE = `${ABSENCES}/:absence${ID}`;

/** The registry: institutions with their desks, contact persons and absences. */
export function registryRoutes(needs: DirectoryNeeds): Routes {
  const read = may(needs, "directory.read");
  const change = may(needs, "directory.change");
  return (
    new Hono<AppEnv>()
      .get(REGISTRY, read, (c) => showRegistry(c, needs))
      .get(`${REGISTRY}/new`, change, (c) => showAdd(c, needs))
      .post(`${REGISTRY}/new`, change, (c) => receiveAdd(c, needs))
      .get(ONE, read, (c) => showInstitution(c, needs))
      .get(`${ONE}/edit`, change, (c) => showEdit(c, needs))
      .post(`${ONE}/edit`, change, (c) => receiveEdit(c, needs))
      .get(`${ONE}/end`, change, (c) => showEnd(c, needs))
      .post(`${ONE}/end`, change, (c) => receiveEnd(c, needs))
      .post(`${ONE}/reopen`, change, (c) => receiveReopen(c, needs))
      .get(`${ONE}/desks`, change, (c) => showDesk(c, needs))
      .post(`${ONE}/desks`, change, (c) => receiveDesk(c, needs))
      .get(DESK, change, (c) => showDesk(c, needs))
      // Whoever stands in for the triage desk opens every report that arrives from then on.
      .post(DESK, change, needs.fresh, (c) => receiveDesk(c, needs))
      .get(`${ONE}/contacts`, change, (c) => showContact(c, needs))
      .post(`${ONE}/contacts`, change, (c) => receiveContact(c, needs))
      .get(CONTACT, change, (c) => showContact(c, needs))
      .post(CONTACT, change, (c) => receiveContact(c, needs))
      // A form answered with its page: reloading and switching the language ask for that address.
      .get(`${CONTACT}/remove`, change, (c) => seeOther(c, institutionAddress(c.req.param("id") ?? "", "#contacts")))
      .post(`${CONTACT}/remove`, change, (c) => receiveRemoval(c, needs))
      .get(`${ONE}/absences`, change, (c) => showAbsence(c, needs))
      .post(`${ONE}/absences`, change, (c) => receiveAbsence(c, needs))
      .get(ABSENCES, read, (c) => showAbsences(c, needs))
      .post(ABSENCES, change, (c) => receiveAbsences(c, needs))
      .post(`${ABSENCE}/remove`, change, (c) => receiveAbsenceRemoval(c, needs))
  );
}
