type GreetingFacts = {
  /** What the owner entered for this mailbox, if anything. */
  own: string | null
  /** Public address of the installation. */
  appUrl: string
  fromEmail: string
}

/**
 * The name that EHLO gives to a mailbox's server (RFC 5321 4.1.4): the owner's own, else the host of the public address,
 * else the sender's domain. Always one with a dot: many servers refuse a bare name, an address, or "localhost".
 */
export function greetingName({ own, appUrl, fromEmail }: GreetingFacts): string {
  if (own) return own
  const host = asHost(appUrl)
  return isQualified(host) ? host : asHost(`http://${fromEmail.slice(fromEmail.lastIndexOf('@') + 1)}`)
}

// As the wire wants it: an umlaut domain in its ASCII form.
const asHost = (url: string) => URL.parse(url)?.hostname ?? ''

const isQualified = (host: string) => /\.[a-z][a-z\d-]*$/.test(host) && !/\.(local|localhost|internal)$/.test(host)
