import { connect, type Socket } from 'node:net'
import { publicLookup, requirePublic } from '@/lib/public-lookup'
import type { SmtpAccount } from './mailer'

/**
 * Connects to a mail server. Every address of its name is looked at before, and the connection goes to one of those that were:
 * where private ones are not allowed, none leads into this machine's own network.
 * @throws {Error} with `code` ENOTPUBLIC, or that of what failed
 */
export function openSocket(
  { host, port, allowPrivate }: Pick<SmtpAccount, 'host' | 'port' | 'allowPrivate'>,
  timeoutMs: number,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Nobody looks an address up that needs no looking up.
    if (!allowPrivate) requirePublic(host)
    const socket = connect({ host, port, ...(!allowPrivate && { lookup: publicLookup }) })
    const timer = setTimeout(() => socket.destroy(new Error('Connection timed out')), timeoutMs)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(socket)
    })
    // It stays: what happens before the next owner listens must not end the process.
    socket.on('error', (error) => {
      clearTimeout(timer)
      reject(firstOf(error))
    })
  })
}

/** Several addresses that were tried in turn fail as one error without words. */
const firstOf = (error: Error): Error =>
  error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error
