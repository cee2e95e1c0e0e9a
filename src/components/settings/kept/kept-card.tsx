'use client'

import { useRole } from '@/components/shell/user'
import { Card, CardHeader } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/data/definition-list'
import { KEPT_THINGS } from '@/domain/retention'
import type { Settings } from '../api-types'
import { KeptForm } from './kept-form'
import { KEPT_TEXT } from './kept-text'
import { daysWords } from './kept-values'

/** For how long things are kept. Owners change it, everybody reads it. */
export function KeptCard({ settings }: { settings: Settings }) {
  if (useRole() === 'owner') return <KeptForm settings={settings} />
  return (
    <Card aria-labelledby="kept">
      <CardHeader id="kept" title="How long things are kept" />
      <DefinitionList
        className="pt-1"
        ruled
        items={KEPT_THINGS.map((thing) => ({
          term: KEPT_TEXT[thing].name,
          value: daysWords(settings[thing]),
          note: 'An owner can change this.',
        }))}
      />
    </Card>
  )
}
