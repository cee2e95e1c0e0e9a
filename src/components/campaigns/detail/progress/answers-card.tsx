'use client'

import { Reply } from 'lucide-react'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { useNow } from '@/components/ui/clock'
import { formatCount } from '@/components/ui/numbers'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { Progress } from '../../api-types'
import {
  asOfWords,
  awayWords,
  bouncedWords,
  type FigureWords,
  rateWords,
  repliedWords,
} from '../../status/answers-text'

/** What became of the leads that got an email. Where nothing reads the mailboxes, it says so instead of a 0. */
export function AnswersCard({ progress: { answers, timezone } }: { progress: Progress }) {
  const now = useNow(30_000)
  const replied = repliedWords({ ...answers, away: 0 }, timezone, now)
  const lines: { term: string; figure: FigureWords }[] = [
    { term: 'Replied', figure: { ...replied, note: rateWords(answers) } },
    { term: 'Away', figure: awayWords(answers) },
    { term: 'Bounced', figure: bouncedWords({ ...answers, unsubscribed: 0 }) },
    { term: 'Unsubscribed', figure: { text: formatCount(answers.unsubscribed), isKnown: true, note: null } },
  ]
  const asOf = asOfWords(answers, timezone, now)
  return (
    <Card aria-labelledby="answer-numbers">
      <CardHeader id="answer-numbers" icon={Reply} title="Answers" />
      <CardBody>
        <dl className="grid gap-2">
          {lines.map(({ term, figure: { text, isKnown, note } }) => (
            <div key={term} className="flex items-baseline justify-between gap-3">
              <dt className="min-w-0 text-ink-2">
                {term}
                {note && <span className="block text-caption text-ink-3">{note}</span>}
              </dt>
              <dd className={isKnown ? 'shrink-0 font-medium' : 'shrink-0 text-ink-3'}>{text}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-3 text-caption text-ink-3">
          {asOf ? (
            `${answers.reading.read < answers.reading.mailboxes ? '' : 'Read '}${asOf} ${timezone}.`
          ) : answers.reading.read > 0 ? (
            'The mailboxes were not read yet.'
          ) : (
            <NotRead />
          )}
        </p>
      </CardBody>
    </Card>
  )
}

const NotRead = () => (
  <>
    Nothing reads the answers. <TextLink href={routes.mailboxes}>Switch on reading</TextLink> to know them.
  </>
)
