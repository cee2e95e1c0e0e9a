'use client'

import { useState } from 'react'
import { useBatchChoices } from '@/components/lists/use-choices'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardFooter } from '@/components/ui/card'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { formatOf } from '@/components/ui/numbers'
import { Refusal } from '../refusal'
import type { LeadImport } from './use-lead-import'

/** Into which batch, and the button that imports, with its count. */
export function ImportTarget({ work, batchId: wanted }: { work: LeadImport; batchId: string | null }) {
  const [kind, setKind] = useState<'new' | 'existing'>(wanted ? 'existing' : 'new')
  const [name, setName] = useState(() => nameOf(work.source?.fileName ?? ''))
  const [batchId, setBatchId] = useState(wanted)
  const batches = useBatchChoices(batchId ? [batchId] : [])
  const none = batches.rows !== undefined && batches.total === 0
  const { checked } = work
  const count = checked ? checked.added + checked.existing : 0
  const options = (batches.rows ?? []).map((batch) => ({
    value: batch.id,
    label: batch.name,
    hint: formatOf(batch.leadCount, 'lead'),
  }))
  const holder = kind === 'existing' && batches.rows?.find(({ id }) => id === batchId)?.activeCampaign
  const ready = count > 0 && (kind === 'new' ? name.trim() !== '' : batchId !== null)
  const start = () => {
    if (kind === 'new') work.importInto({ batchName: name.trim() })
    else if (batchId) work.importInto({ batchId })
  }
  return (
    <Card aria-label="Import">
      <CardBody className="grid gap-3 pt-4">
        <RadioCards
          legend="Import into"
          value={kind}
          onValueChange={setKind}
          options={[
            {
              value: 'new',
              label: 'A new batch',
              detail: (
                <Field label="Name">
                  <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={200} />
                </Field>
              ),
            },
            {
              value: 'existing',
              label: 'An existing batch',
              disabled: none,
              hint: none ? 'There is none yet.' : undefined,
              detail: (
                <Combobox
                  aria-label="Batch"
                  options={options}
                  value={batchId}
                  onValueChange={setBatchId}
                  onTyped={batches.type}
                  placeholder="Type to find a batch"
                />
              ),
            },
          ]}
        />
        {holder && (
          <p className="text-caption text-ink-2">
            “{holder.name}” holds this batch now. New leads do not join that campaign.
          </p>
        )}
        {work.importError && <Refusal error={work.importError} />}
      </CardBody>
      <CardFooter>
        <Button
          variant="primary"
          className="w-full"
          pending={work.importing}
          disabled={!ready || work.checking}
          onClick={start}
        >
          {work.importing ? 'Handing the file over…' : `Import ${formatOf(count, 'lead')}`}
        </Button>
        <p className="text-caption text-ink-3">Existing leads are filled where they are empty, never overwritten.</p>
      </CardFooter>
    </Card>
  )
}

const nameOf = (fileName: string) =>
  fileName
    .replace(/\.(csv|tsv|txt)$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim()
