// The same as picture.js through a schema registry, in Confluent's wire format; docs/clients.md tells more:
// node picture-registry.js localhost:9092 http://localhost:8081 boot.png 9
const { randomUUID } = require('node:crypto')
const { EventEmitter, once } = require('node:events')
const { readFileSync } = require('node:fs')
const { SchemaRegistry, SchemaType } = require('@kafkajs/confluent-schema-registry')
const { Kafka, Partitioners, logLevel } = require('kafkajs')

const schema = name => readFileSync(`${__dirname}/../../schemas/src/main/avro/dev/hemline/event/${name}.avsc`, 'utf8')

async function main ([brokers, host, picture, label]) {
  const id = randomUUID()
  const registry = new SchemaRegistry({ host })
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  const consumer = kafka.consumer({ groupId: id, readUncommitted: false })
  const [admin, heard] = [kafka.admin(), new EventEmitter()]
  await Promise.all([producer.connect(), consumer.connect(), admin.connect()])
  for (const topic of ['classifications', 'scores']) { // What is there already is of no interest.
    await admin.setOffsets({ groupId: id, topic, partitions: await admin.fetchTopicOffsets(topic) })
    await consumer.subscribe({ topic })
  }
  await consumer.run({ eachMessage: async ({ topic, message: m }) => String(m.key) === id && heard.emit(topic, m.value) })

  // The library refuses to register where it is not told how the registry checks schemas.
  const compatibility = (await (await fetch(`${host}/config`)).json()).compatibilityLevel
  const register = async (subject, name, references = []) => // The id of a schema, new or known.
    (await registry.register({ type: SchemaType.AVRO, schema: schema(name), references }, { subject, compatibility })).id

  async function ask (topic, schemaId, event, answerTopic) {
    const answer = once(heard, answerTopic, { signal: AbortSignal.timeout(60_000) }) // None? See ./hemline rejects list
    const value = await registry.encode(schemaId, { id, ...event })
    const [[bytes]] = await Promise.all([answer, producer.send({ topic, messages: [{ key: id, value }] })])
    return registry.decode(bytes)
  }
  await register('image-format', 'ImageFormat') // ImageEvent is made of it.
  const parts = [{ name: 'dev.hemline.event.ImageFormat', subject: 'image-format', version: 1 }]
  const images = await register('image-events-value', 'ImageEvent', parts)
  const content = readFileSync(picture)
  const image = { source: 'my-camera', capturedAt: Date.now(), format: 'PNG', width: 0, height: 0, content }
  const result = await ask('image-events', images, image, 'classifications')
  console.log(`${result.labelName} ${result.confidence.toFixed(2)} v${result.modelVersion}`)
  const truth = { label: Number(label), labelledAt: Date.now(), by: 'me' }
  const score = await ask('ground-truth', await register('ground-truth-value', 'GroundTruth'), truth, 'scores')
  console.log(`predicted ${score.predicted}, actual ${score.actual}`)
  await Promise.all([producer.disconnect(), consumer.disconnect(), admin.disconnect()])
}
main(process.argv.slice(2)).catch(error => { console.error(error.message); process.exit(1) })
