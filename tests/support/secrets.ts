import { passingSecrets } from "#platform/crypto/secrets.ts";

/** The same for every service of a file, so that its people need to be made only once. */
export const SECRETS = await passingSecrets();
