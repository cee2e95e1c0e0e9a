'use client'

import { useState } from 'react'
import { CheckGroup } from '@/components/ui/fields/check-group'
import { Field } from '@/components/ui/fields/field'
import { Input, InputWithUnit } from '@/components/ui/fields/input'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { TokenInput } from '@/components/ui/fields/token-input'
import type { HunterCriteria } from '@/domain/lead-generation/criteria'
import type { CriteriaFields } from './apollo-fields'
import { CountryField } from './country-field'
import { COMPANY_SIZE_LABELS, HUNTER_DEPARTMENT_LABELS, HUNTER_SENIORITY_LABELS, optionsOf } from './criteria-labels'
import { EMPTY_DISCOVERY, orNull, readDomain } from './criteria-values'

/** People of given domains, or of companies that Hunter finds. */
export function HunterFields({ criteria, errors, change }: CriteriaFields<HunterCriteria>) {
  const discovers = criteria.discover !== null
  // What was filled in the other way, should the person come back to it.
  const [left, setLeft] = useState({ domains: criteria.domains, discover: criteria.discover ?? EMPTY_DISCOVERY })
  const choose = (way: 'domains' | 'discover') => {
    if (way === 'discover') {
      setLeft({ ...left, domains: criteria.domains })
      change({ domains: [], discover: left.discover })
    } else {
      setLeft({ ...left, discover: criteria.discover ?? EMPTY_DISCOVERY })
      change({ domains: left.domains, discover: null })
    }
  }
  return (
    <>
      <RadioCards
        legend="Companies"
        columns={2}
        value={discovers ? 'discover' : 'domains'}
        onValueChange={choose}
        options={[
          { value: 'domains', label: 'I know their domains', hint: 'Hunter looks for people at each' },
          { value: 'discover', label: 'Hunter finds them', hint: 'By place, industry and size' },
        ]}
      />
      {criteria.discover ? (
        <DiscoverFields
          discover={criteria.discover}
          change={(patch) => change({ discover: { ...(criteria.discover ?? EMPTY_DISCOVERY), ...patch } })}
        />
      ) : (
        <Field label="Domains" hint="End each with Enter; a pasted list works too.">
          <TokenInput
            values={criteria.domains}
            onValuesChange={(domains) => change({ domains })}
            most={200}
            commas
            read={readDomain}
            placeholder="company.com"
          />
        </Field>
      )}
      <CheckGroup
        legend="Departments"
        options={optionsOf(HUNTER_DEPARTMENT_LABELS)}
        values={criteria.departments}
        onValuesChange={(departments) => change({ departments })}
      />
      <CheckGroup
        legend="Seniority"
        options={optionsOf(HUNTER_SENIORITY_LABELS)}
        values={criteria.seniorities}
        onValuesChange={(seniorities) => change({ seniorities })}
      />
      <Limits criteria={criteria} errors={errors} change={change} />
    </>
  )
}

/** How many people of a company, and how sure their addresses must be. */
function Limits({ criteria, errors, change }: CriteriaFields<HunterCriteria>) {
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label="People of each company" error={errors['hunter.peoplePerCompany']}>
        <InputWithUnit
          type="number"
          min={1}
          max={100}
          inputMode="numeric"
          className="w-24 shrink-0"
          value={Number.isNaN(criteria.peoplePerCompany) ? '' : criteria.peoplePerCompany}
          onChange={({ target }) => change({ peoplePerCompany: target.valueAsNumber })}
          after="at most"
        />
      </Field>
      <Field
        label="Least confidence"
        hint="Hunter says how sure it is of an address; less sure ones are left out."
        error={errors['hunter.minConfidence']}
      >
        <InputWithUnit
          type="number"
          min={0}
          max={100}
          inputMode="numeric"
          className="w-24 shrink-0"
          value={Number.isNaN(criteria.minConfidence) ? '' : criteria.minConfidence}
          onChange={({ target }) => change({ minConfidence: target.valueAsNumber })}
          after="of 100"
        />
      </Field>
    </div>
  )
}

type Discover = NonNullable<HunterCriteria['discover']>

function DiscoverFields({ discover, change }: { discover: Discover; change: (patch: Partial<Discover>) => void }) {
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <CountryField label="Country" value={discover.country} onValueChange={(country) => change({ country })} />
        <Field label="City" optional>
          <Input
            value={discover.city ?? ''}
            maxLength={200}
            onChange={({ target }) => change({ city: orNull(target.value) })}
            placeholder="Rotterdam"
          />
        </Field>
        <Field label="Industries" optional hint="Any of them; end each with Enter.">
          <TokenInput
            values={discover.industries}
            onValuesChange={(industries) => change({ industries })}
            most={20}
            commas
            placeholder="Logistics"
          />
        </Field>
        <Field label="Keywords" optional>
          <TokenInput
            values={discover.keywords}
            onValuesChange={(keywords) => change({ keywords })}
            most={20}
            commas
            placeholder="freight"
          />
        </Field>
      </div>
      <CheckGroup
        legend="Employees"
        options={optionsOf(COMPANY_SIZE_LABELS)}
        values={discover.companySizes}
        onValuesChange={(companySizes) => change({ companySizes })}
      />
    </>
  )
}
