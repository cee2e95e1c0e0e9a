/** Where and how a mailbox is read by IMAP. */
export type ImapAccount = {
  host: string
  port: number
  /** `tls`: encrypted from the first byte; `starttls`: required upgrade; `none`: plain, for loopback. */
  security: 'tls' | 'starttls' | 'none'
  user: string
  password: string
  /** In place of the password: a token of OAuth 2, for OAUTHBEARER or XOAUTH2. */
  accessToken?: string
  /** The server may be this machine or in its network; absent: no. */
  allowPrivate?: boolean
}
