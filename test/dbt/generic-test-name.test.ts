import { describe, expect, it } from 'vitest'
import { genericTestName } from '../../src/dbt/generic-test-name.ts'

const model = (name: string) => ({ kind: 'model', model: name }) as const

// The hashes are those of dbt-core 1.x for jaffle_shop: results recorded by dbt are found again.
describe('naming generic tests as dbt does', () => {
  it.each([
    ['unique', 'customers', { column_name: 'customer_id' }, 'unique_customers_customer_id', 'c5af1ff4b1'],
    ['not_null', 'customers', { column_name: 'customer_id' }, 'not_null_customers_customer_id', '5c9bf9911d'],
    [
      'relationships',
      'orders',
      { column_name: 'customer_id', to: "ref('customers')", field: 'customer_id' },
      'relationships_orders_customer_id__customer_id__ref_customers_',
      'c6ec7f58f2',
    ],
  ])('%s of %s', (test, name, args, full, hash) => {
    expect(genericTestName(test, model(name), args, undefined)).toEqual({ full, short: full, hash })
  })

  it('shortens names of 64 characters and more with a hash', () => {
    const values = ['placed', 'shipped', 'completed', 'return_pending', 'returned']
    expect(
      genericTestName('accepted_values', model('orders'), { column_name: 'status', values }, undefined),
    ).toEqual({
      full: 'accepted_values_orders_status__placed__shipped__completed__return_pending__returned',
      short: 'accepted_values_orders_1ce6ab157c285f7cd2ac656013faf758',
      hash: 'be6b5b5ec3',
    })
  })

  it('says of a test on a source that it is', () => {
    const subject = { kind: 'source', source: 'shop', table: 'orders' } as const
    expect(genericTestName('not_null', subject, { column_name: 'id' }, undefined).full).toBe(
      'source_not_null_shop_orders_id',
    )
  })

  it('takes the name that is given, and still tells arguments apart', () => {
    const one = genericTestName('unique', model('a'), { column_name: 'x' }, 'keys')
    const two = genericTestName('unique', model('a'), { column_name: 'y' }, 'keys')
    expect(one.full).toBe('keys')
    expect(one.hash).not.toBe(two.hash)
  })

  it('writes values as Python does', () => {
    const args = { column_name: 'x', values: [true, null, 1, -2.5, "it's"] }
    expect(genericTestName('accepted_values', model('a'), args, undefined).full).toBe(
      'accepted_values_a_x__True__None__1___2_5__it_s',
    )
  })
})
