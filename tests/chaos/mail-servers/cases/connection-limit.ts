import { startChaosCampaign } from '../../support/campaign'
import { atMost, exactly, type Figure } from '../../support/report'
import type { Outcome } from '../../support/scenario'
import { asFigure, type CaseSizes, eachArrivesOnce, type MailServerCase, mailboxAt } from '../case'
import type { MailServerStage } from '../stage'

const ALLOWED = 2
const SET = 10
const MOST_TICKS = 120
const MINUTE_MS = 60_000

/** A server that lets a client open two connections, and a mailbox that is set to ten. */
export const connectionLimit: MailServerCase = {
  name: 'connection limit',
  title: 'a server that allows two connections, and ten are set: all leave over two, and the mailbox never cools down',
  services: ({ beat }) =>
    Object.fromEntries(
      [ALLOWED, SET].map((connections) => [
        serviceFor(connections),
        {
          smtpd_client_connection_count_limit: String(ALLOWED),
          ...(beat ? { smtpd_end_of_data_restrictions: `sleep ${beat}` } : {}),
        },
      ]),
    ),
  play: async (stage, sizes) => {
    const few = await sendOver(ALLOWED, stage, sizes)
    await stage.clear()
    const many = await sendOver(SET, stage, sizes)
    // Where the server takes no time, what is measured is the machine.
    const compared = sizes.beat ? [atMost('seconds, times those of two', many.seconds / few.seconds, 1.5)] : []
    return { figures: [...few.figures, ...many.figures, ...compared], counts: { ...few.counts, ...many.counts } }
  },
}

const serviceFor = (connections: number) => `limited-${connections}`

/** Sends to all leads with so many connections set, tick by tick; one that has to wait is a minute. */
async function sendOver(connections: number, stage: MailServerStage, { leads }: CaseSizes) {
  const { db } = stage.deps
  const service = serviceFor(connections)
  const { planned, mailboxIds } = await startChaosCampaign(stage.deps, {
    leads,
    mailbox: mailboxAt(stage, service, { maxConnections: connections }),
  })
  const [id = ''] = mailboxIds
  const startedAt = performance.now()
  let minutes = 0
  for (let tick = 0; tick < MOST_TICKS; tick++) {
    const before = stage.handedOver.length
    await stage.work()
    if ((await db.scheduledEmail.count({ where: { status: 'pending' } })) === 0) break
    // A job gives its place back after a while; the next goes on at once, unless it has to wait.
    if (stage.handedOver.length > before) continue
    stage.clock.advance(MINUTE_MS)
    minutes++
  }
  const seconds = (performance.now() - startedAt) / 1000 + minutes * 60
  const mailbox = await db.mailbox.findUniqueOrThrow({ where: { id } })
  const figures: Figure[] = [
    exactly('minutes of waiting', minutes, 0),
    exactly('failures in a row at the end', mailbox.troubleCount, 0),
    asFigure('the mailbox is ready', mailbox.health === 'ready'),
    // The server's number is learnt once; each further try is one connection.
    atMost('connections refused', refusedConnections(stage, service), connections),
    ...(await eachArrivesOnce(stage, planned)),
  ]
  return {
    seconds,
    figures: figures.map((figure) => ({ ...figure, name: `${connections} set: ${figure.name}` })),
    counts: { [`${connections} set: seconds`]: Math.round(seconds * 10) / 10 },
  } satisfies Outcome & { seconds: number }
}

/** Connections that the smtpd has refused for being too many, by its own log. */
const refusedConnections = ({ postfix }: MailServerStage, service: string): number =>
  postfix
    .log()
    .split('\n')
    .filter((line) => line.includes(` ${service}/smtpd[`) && line.includes('Connection concurrency limit exceeded'))
    .length
