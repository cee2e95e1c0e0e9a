'use client'

import Link from 'next/link'
import { deletedWords } from '@/components/messages/deleted-text'
import { Button } from '@/components/ui/button'
import { routes } from '@/routes'
import type { EmailEntry } from './api-types'
import { Head, Text } from './entry-parts'

/** An email of a campaign as it was sent; `onRead` opens all of it. */
export function OurEmail({
  email,
  zone,
  startsOpen,
  onRead,
}: {
  email: EmailEntry
  zone: string
  startsOpen: boolean
  onRead: () => void
}) {
  const { subject, isCut, hasHtml, textKeptDays } = email
  return (
    <>
      <Head
        who={subject}
        at={email.at}
        zone={zone}
        line={
          <>
            We, from {email.fromEmail} to {email.toEmail} ·{' '}
            <Link
              href={routes.campaign(email.campaignId)}
              className="rounded-small text-accent underline underline-offset-2"
            >
              {email.campaignName}
            </Link>
            , step {email.step}
          </>
        }
      />
      {textKeptDays === null ? (
        <Text text={email.text} startsOpen={startsOpen} name={subject} />
      ) : (
        <p className="mt-1 text-ink-2">{deletedWords(textKeptDays)}</p>
      )}
      <div className="mt-0.5 flex flex-wrap items-center gap-x-3 text-caption text-ink-2">
        {(isCut || hasHtml) && (
          <span>
            {[isCut && 'This is the beginning of its text.', hasHtml && 'It was sent with HTML as well.']
              .filter(Boolean)
              .join(' ')}
          </span>
        )}
        <Button
          variant="link"
          className="text-caption"
          aria-label={`Show the whole email “${subject}”`}
          onClick={onRead}
        >
          Show the whole email
        </Button>
      </div>
    </>
  )
}
