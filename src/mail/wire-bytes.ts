/** The bytes of a message as SMTP carries it: each line ends with CRLF. Servers refuse to store others. */
export const wireBytes = (raw: Buffer): Buffer =>
  Buffer.from(raw.toString('latin1').replace(/(?<!\r)\n/g, '\r\n'), 'latin1')
