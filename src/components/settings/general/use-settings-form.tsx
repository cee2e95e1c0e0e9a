'use client'

import type { ReactNode } from 'react'
import { type Read, useForm } from '@/components/hooks/use-form'
import { Button } from '@/components/ui/button'
import { CardFooter } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { later } from '@/components/ui/later/later'
import type { SettingsInput } from '@/domain/settings'
import { api, messageOf } from '@/trpc/react'
import type { Settings } from '../api-types'
import { SaveNote, saveState } from '../save-note'
import { type GeneralValues, generalValues } from './general-values'

type Checks = typeof import('./general-checks')

const checks = later<Checks>(() => import('./general-checks'))

/** Some of the settings as a form, and the line with its save button. */
export function useSettingsForm<Values extends Partial<GeneralValues>>({
  settings,
  pick,
  read,
}: {
  settings: Settings
  pick: (values: GeneralValues) => Values
  read: (checks: Checks, values: Values) => Read<Values, SettingsInput>
}) {
  const utils = api.useUtils()
  const save = api.settings.update.useMutation({
    onSuccess: (saved) => {
      utils.settings.get.setData(undefined, saved)
      settle(pick(generalValues(saved)))
    },
  })
  const { values, errors, touched, marked, change, settle, form } = useForm({
    initial: () => pick(generalValues(settings)),
    read: async (values) => read(await checks.load(), values),
    onSubmit: (input) => save.mutate(input),
    onChange: () => save.reset(),
  })
  const saved = save.isSuccess && !touched
  const footer: ReactNode = (
    <CardFooter>
      <Button type="submit" variant="primary" pending={save.isPending} disabled={!touched}>
        Save changes
      </Button>
      <SaveNote state={saveState({ pending: save.isPending, refused: save.isError || marked, saved, touched })} />
      {save.error && <ErrorState title={messageOf(save.error)} untouched="Nothing was saved." className="w-full" />}
    </CardFooter>
  )
  return { values, errors, change, form, footer }
}
