/** A raw message of these header lines and this text. */
export const rawMessage = (headers: readonly string[], text: string): string =>
  `${[...headers, 'MIME-Version: 1.0', '', text].join('\r\n')}\r\n`

const withReport = (headers: readonly string[], type: string, report: readonly string[], messageId: string): string =>
  rawMessage(
    [...headers, `Content-Type: multipart/report; report-type=${type}; boundary="b1"`],
    [
      ...['--b1', 'Content-Type: text/plain', '', 'A report about an email.', ''],
      ...['--b1', `Content-Type: message/${type}`, '', ...report, ''],
      ...['--b1', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${messageId}`, 'From: sam@nexa.example', ''],
      '--b1--',
    ].join('\r\n'),
  )

/** A server's report that an email did not arrive at these addresses, each with its enhanced status. */
export const bounceAt = (messageId: string, failed: readonly { address: string; status?: string }[]): string =>
  withReport(
    [
      ...['Return-Path: <>', 'From: MAILER-DAEMON@mx.example', 'To: sam@nexa.example'],
      ...['Subject: Undelivered Mail Returned to Sender', `Message-ID: <bounce-${failed[0]?.address}>`],
    ],
    'delivery-status',
    [
      'Reporting-MTA: dns; mx.example',
      ...failed.flatMap(({ address, status = '5.1.1' }) => [
        ...['', `Final-Recipient: rfc822; ${address}`, 'Action: failed', `Status: ${status}`],
        `Diagnostic-Code: smtp; 550 ${status} User unknown`,
      ]),
    ],
    messageId,
  )

/** A provider's report that a recipient marked an email as unwanted; null: it does not say who. */
export const complaintOf = (messageId: string, address: string | null): string =>
  withReport(
    [
      ...['From: feedback@arf.provider.example', 'To: sam@nexa.example', 'Subject: FW: Something'],
      `Message-ID: <complaint-${address ?? 'nobody@arf.example'}>`,
    ],
    'feedback-report',
    ['Feedback-Type: abuse', 'User-Agent: P/1', 'Version: 1', ...(address ? [`Original-Rcpt-To: <${address}>`] : [])],
    messageId,
  )
