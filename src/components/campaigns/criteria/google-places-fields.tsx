'use client'

import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Select } from '@/components/ui/fields/select'
import type { GooglePlacesCriteria } from '@/domain/lead-generation/criteria'
import type { CriteriaFields } from './apollo-fields'
import { CountryField } from './country-field'
import { orNull } from './criteria-values'

const RATINGS = ['0', '3', '3.5', '4', '4.5'] as const
const PEOPLE = ['1', '2', '3'] as const

/** Companies by what they are and where. */
export function GooglePlacesFields({ criteria, change }: CriteriaFields<GooglePlacesCriteria>) {
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label="What to look for" hint="As you would type it into Google Maps.">
          <Input
            value={criteria.query ?? ''}
            maxLength={200}
            onChange={({ target }) => change({ query: orNull(target.value) })}
            placeholder="dental clinic"
          />
        </Field>
        <Field label="Where" optional hint="A city, district or region.">
          <Input
            value={criteria.area ?? ''}
            maxLength={200}
            onChange={({ target }) => change({ area: orNull(target.value) })}
            placeholder="Hamburg"
          />
        </Field>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <CountryField
          label="Country"
          hint="Results from here come first."
          value={criteria.regionCode}
          onValueChange={(regionCode) => change({ regionCode })}
        />
        <Field label="Only places of this type" optional hint="One of Google’s place types.">
          <Input
            value={criteria.includedType ?? ''}
            maxLength={200}
            spellCheck={false}
            autoCapitalize="none"
            onChange={({ target }) => change({ includedType: orNull(target.value) })}
            placeholder="dentist"
          />
        </Field>
        <Field label="Rating" optional>
          <Select
            value={String(criteria.minRating ?? 0)}
            onValueChange={(rating) => change({ minRating: rating === '0' ? null : Number(rating) })}
            options={RATINGS.map((value) => ({
              value: value as string,
              label: value === '0' ? 'Any' : `${value} or better`,
            }))}
          />
        </Field>
        <Field label="People of each company" hint="Hunter looks for them at the company’s domain.">
          <Select
            value={String(criteria.peoplePerCompany)}
            onValueChange={(people) => change({ peoplePerCompany: Number(people) })}
            options={PEOPLE.map((value) => ({ value: value as string, label: `At most ${value}` }))}
          />
        </Field>
      </div>
    </>
  )
}
