/** Something a browser takes, and how gladly: above 0, at most 1. */
interface Offer {
  readonly name: string;
  readonly weight: number;
}

/**
 * What a browser accepts, the most wanted first (RFC 9110, 12.4.2: a weight of 0 is a refusal).
 * @param header the value of `Accept-Encoding` or `Accept-Language`
 * @returns the names in small letters with their weights, without those that are refused
 */
export function offersIn(header: string | undefined): Offer[] {
  return (header ?? "")
    .toLowerCase()
    .split(",")
    .map((offer) => {
      const [name = "", weight] = offer.split(/;\s*q=/);
      return { name: name.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ name, weight }) => name !== "" && weight > 0)
    .sort((one, other) => other.weight - one.weight);
}

/** The names of what a browser accepts, the most wanted first. */
export function accepted(header: string | undefined): string[] {
  return offersIn(header).map(({ name }) => name);
}
