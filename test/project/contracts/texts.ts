/** An orders contract in ODCS 3.1, with most of what the standard has. */
export const FULL = `apiVersion: v3.1.0
kind: DataContract
id: 53581432-6c55-4ba2-a65f-72344a91553a
name: orders
version: 1.1.0
status: active
domain: sales
tags: [finance]
description: {purpose: What customers ordered., limitations: No returns.}
servers:
  - {server: warehouse, type: postgres, host: db.example.com, port: 5432, database: shop, schema: marts}
schema:
  - name: orders
    physicalName: fct_orders
    physicalType: table
    description: One order.
    dataGranularityDescription: one row per order
    relationships:
      - {from: orders.customer_id, to: customers.id}
    properties:
      - name: order_id
        primaryKey: true
        primaryKeyPosition: 1
        logicalType: integer
        physicalType: bigint
        required: true
      - name: customer_id
        logicalType: integer
        required: true
      - name: status
        logicalType: string
        logicalTypeOptions: {minLength: 1, maxLength: 20, pattern: '^[a-z]+$'}
        quality:
          - {metric: invalidValues, arguments: {validValues: [placed, shipped]}, mustBe: 0}
          - {metric: nullValues, mustBeLessThan: 1, unit: percent, severity: warning}
      - name: amount
        physicalName: order_amount
        logicalType: number
        logicalTypeOptions: {minimum: 0, exclusiveMaximum: 100000}
        classification: internal
      - name: ordered_at
        logicalType: timestamp
        logicalTypeOptions: {timezone: true}
      - name: lines
        logicalType: array
        items:
          logicalType: object
          properties:
            - {name: sku, logicalType: string, required: true}
    quality:
      - {metric: rowCount, mustBeBetween: [120, 100]}
      - {metric: duplicateValues, mustBe: 0, arguments: {properties: [customer_id, ordered_at]}}
      - {type: sql, query: 'select count(*) from {object} where order_amount < 0', mustBe: 0, name: no negative amounts}
      - {type: text, description: Amounts include taxes.}
      - {type: custom, engine: soda, implementation: {type: duplicate_percent}}
team:
  name: sales-data
  members: [{username: ada, role: Owner}]
slaProperties:
  - {property: latency, value: 4, unit: h, element: orders.ordered_at}
  - {property: retention, value: 3, unit: y, element: orders.ordered_at}
customProperties:
  - {property: breakingChangePolicy, value: notify-30-days}
  - {property: consumers, value: [finance, {name: crm}]}
  - {property: notificationChannel, value: '#orders'}
`

/** The same dataset in the short form. */
export const SHORT = `contract:
  name: orders
  version: 1.0.0
  owner: sales-data
  consumers: [finance]
  sla: {freshness_hours: 24, freshness_column: ordered_at, availability_percent: 99.9, support_hours: 24x7}
  schema:
    - {column: order_id, type: integer, nullable: false, checks: [{type: unique}]}
    - column: status
      type: varchar(20)
      checks:
        - {type: enum, params: {values: [placed, shipped]}}
        - {type: regex, params: {pattern: '^[a-z]+$'}, severity: warn}
    - {column: amount, type: number, pii: false, checks: [{type: range, params: {min: 0}}]}
    - {column: email, type: string, pii: email, business_definition: Where receipts go.}
  breaking_change_policy: version-bump
  notification_channel: '#orders'
`

/** The standard before it had "schema". */
export const OLD = `apiVersion: v2.2.2
kind: DataContract
uuid: 53581432-6c55-4ba2-a65f-72344a91553a
type: tables
version: 1.0.0
status: current
datasetName: orders
quantumName: shop
productTeam: anything may stand here
dataset:
  - table: orders
    columns:
      - {column: id, logicalType: integer, physicalType: bigint, isPrimaryKey: true, isNullable: false}
      - {column: placed, logicalType: Timestamp, physicalType: timestamp, isNullable: true}
    quality:
      - {templateName: NullCheck, toolName: Elevate, column: id}
slaProperties:
  - {property: retention, value: 3, unit: y, column: orders.placed}
`
