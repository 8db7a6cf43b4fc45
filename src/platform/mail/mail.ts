import { createTransport } from "nodemailer";

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mail {
  /** Hands a letter to the mail server; throws when it does not take it, and the job tries again. */
  send(letter: Letter): Promise<void>;
  close(): void;
}

/**
 * Mail over SMTP.
 * @param url `smtp://user:password@host:port`; without one nothing is sent and callers must not ask for addresses
 * @param from the sender, as neutral as the subject
 */
export function openMail(url: string | undefined, from: string): Mail | undefined {
  if (!url) return undefined;
  const transport = createTransport(url, { from, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send({ to, subject, text }) {
      // As an object, so that a comma in an address makes no second recipient.
      await transport.sendMail({
        to: { name: "", address: to },
        subject,
        text,
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
    close: () => transport.close(),
  };
}
