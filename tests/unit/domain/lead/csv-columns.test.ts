import { describe, expect, it } from 'vitest'
import { guessTargets, readingOrder } from '@/domain/lead/csv-mapping'

const guess = (...names: string[]) => guessTargets(names.map((name) => ({ name, samples: [] })))

describe('columns of the world', () => {
  it('knows an export of Google Contacts: its labels are ignored, each numbered address is one', () => {
    expect(
      guess(
        'First Name',
        'Last Name',
        'Organization Name',
        'Organization Title',
        'Labels',
        'E-mail 1 - Label',
        'E-mail 1 - Value',
        'E-mail 3 - Label',
        'E-mail 3 - Value',
        'Phone 1 - Label',
        'Phone 1 - Value',
        'Website 1 - Value',
        'Birthday',
      ),
    ).toEqual([
      'firstName',
      'lastName',
      'companyName',
      'jobTitle',
      'ignore',
      'ignore',
      'email',
      'ignore',
      'email',
      'ignore',
      'phone',
      'website',
      'custom:birthday',
    ])
  })

  it('knows exports of map searches, where the name and the title are those of the company', () => {
    expect(guess('title', 'categoryName', 'city', 'countryCode', 'website', 'phone', 'totalScore', 'email')).toEqual([
      'companyName',
      'industry',
      'city',
      'country',
      'website',
      'phone',
      'custom:totalscore',
      'email',
    ])
    expect(guess('name', 'site', 'email_1', 'email_1_full_name', 'email_2', 'place_id')).toEqual([
      'companyName',
      'website',
      'email',
      'contactName',
      'email',
      'custom:place_id',
    ])
  })

  it.each([
    [
      ['公司名稱', '姓名', '電子信箱', '職稱', '城市'],
      ['companyName', 'contactName', 'email', 'jobTitle', 'city'],
    ],
    [
      ['회사명', '이름', '이메일', '직책', '전화번호'],
      ['companyName', 'contactName', 'email', 'jobTitle', 'phone'],
    ],
    [
      ['성', '이름', '메일'],
      ['lastName', 'firstName', 'email'],
    ],
    [
      ['Фирма', 'Контактное лицо', 'Электронная почта', 'Телефон', 'Страна'],
      ['companyName', 'contactName', 'email', 'phone', 'country'],
    ],
    [
      ['Şirket', 'Ad', 'Soyad', 'E-posta', 'Ünvan'],
      ['companyName', 'firstName', 'lastName', 'email', 'jobTitle'],
    ],
    [
      ['Nazwa firmy', 'Imię', 'Nazwisko', 'Adres e-mail', 'Miasto'],
      ['companyName', 'firstName', 'lastName', 'email', 'city'],
    ],
    [
      ['Εταιρεία', 'Τηλέφωνο', 'Email'],
      ['companyName', 'phone', 'email'],
    ],
  ])('knows %j', (names, targets) => {
    expect(guess(...names)).toEqual(targets)
  })

  it('keeps columns of other scripts under their own names', () => {
    expect(guess('Email', '備考', 'ガイド', 'Примечание', 'Straße')).toEqual([
      'email',
      'custom:備考',
      'custom:ガイド',
      'custom:примечание',
      'custom:strasse',
    ])
  })

  it('gives two columns that a sign tells apart two keys, and numbers those that nothing does', () => {
    expect(guess('Email', 'Budget (£)', 'Budget (%)', 'Note', 'Note', 'Note')).toEqual([
      'email',
      'custom:budget_gbp',
      'custom:budget_percent',
      'custom:note',
      'custom:note_2',
      'custom:note_3',
    ])
  })

  it('tells columns without names by their rows', () => {
    const rows = [
      ['17', 'Okonkwo', 'Ife', 'Delta Lines Ltd', 'ife.okonkwo@deltalines.example'],
      ['18', 'Sørbø', 'Liv', 'Fjell AS', 'liv.sorbo@fjell.example'],
    ]
    const columns = rows[0]?.map(() => ({ name: '', samples: [] })) ?? []
    expect(guessTargets(columns, rows)).toEqual(['ignore', 'lastName', 'firstName', 'companyName', 'email'])
    const full = [
      ['liv@fjell.example', 'Liv Sørbø', 'red'],
      ['ife@deltalines.example', 'Ife Okonkwo', 'blue'],
    ]
    expect(guessTargets(columns.slice(0, 3), full)).toEqual(['email', 'contactName', 'ignore'])
  })

  it("reads Apollo's company name for emails before the others", () => {
    const columns = ['Email', 'Company', 'Company Name for Emails'].map((name) => ({ name, samples: [] }))
    expect(readingOrder(columns)).toEqual([2, 0, 1])
  })
})
