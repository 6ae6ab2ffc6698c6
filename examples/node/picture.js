// Sends a picture, reads what a model made of it, sends its true class, reads the score; docs/clients.md tells more:
// node picture.js localhost:9092 boot.png 9
const { randomUUID } = require('node:crypto')
const { EventEmitter, once } = require('node:events')
const { readFileSync } = require('node:fs')
const avro = require('avsc')
const { Kafka, Partitioners, logLevel } = require('kafkajs')

const registry = {}
// The types that a type is made of come before it.
for (const name of ['ImageFormat', 'ImageEvent', 'GroundTruth', 'Classification', 'Score']) {
  const file = `${__dirname}/../../schemas/src/main/avro/dev/hemline/event/${name}.avsc`
  avro.Type.forSchema(JSON.parse(readFileSync(file)), { registry })
}
const typeOf = name => registry[`dev.hemline.event.${name}`]

// C3 01, then the schema's CRC-64-AVRO with its lowest byte first; avsc has no such fingerprint.
function header (name) {
  const empty = 0xc15d213aa4d7a795n
  let crc = empty
  for (const byte of Buffer.from(JSON.stringify(typeOf(name).schema()))) {
    crc ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) crc = (crc >> 1n) ^ (crc & 1n ? empty : 0n)
  }
  const bytes = Buffer.from('c3010000000000000000', 'hex')
  bytes.writeBigUInt64LE(crc, 2)
  return bytes
}

async function main ([brokers, picture, label]) {
  const id = randomUUID()
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

  async function ask (topic, name, event, answerTopic, answerName) {
    const answer = once(heard, answerTopic, { signal: AbortSignal.timeout(60_000) }) // None? See ./hemline rejects list
    const value = Buffer.concat([header(name), typeOf(name).toBuffer({ id, ...event })])
    const [[bytes]] = await Promise.all([answer, producer.send({ topic, messages: [{ key: id, value }] })])
    if (!bytes.subarray(0, 10).equals(header(answerName))) throw new Error(`Unknown schema on ${answerTopic}`)
    return typeOf(answerName).fromBuffer(bytes.subarray(10))
  }
  const content = readFileSync(picture)
  const image = { source: 'my-camera', capturedAt: Date.now(), format: 'PNG', width: 0, height: 0, content }
  const result = await ask('image-events', 'ImageEvent', image, 'classifications', 'Classification')
  console.log(`${result.labelName} ${result.confidence.toFixed(2)} v${result.modelVersion}`)
  const truth = { label: Number(label), labelledAt: Date.now(), by: 'me' }
  const score = await ask('ground-truth', 'GroundTruth', truth, 'scores', 'Score')
  console.log(`predicted ${score.predicted}, actual ${score.actual}`)
  await Promise.all([producer.disconnect(), consumer.disconnect(), admin.disconnect()])
}
main(process.argv.slice(2)).catch(error => { console.error(error.message); process.exit(1) })
