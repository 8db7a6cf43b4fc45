import { describe, expect, it } from "vitest";
import { namesSecret, withoutKey } from "#platform/http/secret-fields.ts";

const LARGE = 512 * 1024;
const fill = (part: string) => part.repeat(Math.ceil(LARGE / part.length)).slice(0, LARGE);

describe("a body that is no form", () => {
  it("is known to name a secret, however bodies name fields", () => {
    const bodies = [
      "password=x",
      "new_password[0]=x",
      '{"recoveryCode": "x"}',
      'Content-Disposition: form-data; name="code"\r\n\r\nx',
      "name=my-token\r\n",
      "x=1&setup.Token : 2",
    ];
    expect(bodies.filter((body) => !namesSecret(body))).toEqual([]);
    expect(namesSecret("story=I told nobody my code, and the password is safe")).toBe(false);
  });

  it.each(["code", "a", "name=", 'name="x', "draft ", `draft---${"a".repeat(42)}`, "token\n", "code ", "%"])(
    "of half a megabyte of %j is read at once: nobody can hold the service up with it",
    (part) => {
      const body = fill(part);
      const begun = performance.now();
      namesSecret(body);
      withoutKey(body);
      expect(performance.now() - begun).toBeLessThan(1500);
    },
  );
});
