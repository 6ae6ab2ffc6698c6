# Sends a picture, reads what a model made of it, sends its true class, reads the score; docs/clients.md tells more:
# python picture.py localhost:9092 boot.png 9
import sys
import time
import uuid
from io import BytesIO
from pathlib import Path

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from fastavro import schemaless_reader, schemaless_writer
from fastavro.schema import fingerprint, load_schema_ordered, to_parsing_canonical_form

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas/src/main/avro/dev/hemline/event"


def schema_and_header(*names):  # the types that a type is made of come before it
    schema = load_schema_ordered([f"{SCHEMAS}/{name}.avsc" for name in names])
    return schema, b"\xc3\x01" + bytes.fromhex(fingerprint(to_parsing_canonical_form(schema), "CRC-64-AVRO"))


def send(topic, names, **fields):
    schema, header = schema_and_header(*names)
    value = BytesIO(header)
    value.seek(0, 2)
    schemaless_writer(value, schema, fields)
    producer.produce(topic, key=event_id, value=value.getvalue())
    producer.flush()


def answer(topic, name):
    schema, header = schema_and_header(name)
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        record = consumer.poll(1)
        if record and record.error():
            raise KafkaException(record.error())
        if record and record.topic() == topic and record.key() == event_id.encode():
            if not record.value().startswith(header):
                sys.exit(f"{topic} begins with {record.value()[:10].hex(' ')}, the schema here with {header.hex(' ')}")
            return schemaless_reader(BytesIO(record.value()[10:]), schema)
    sys.exit(f"Nothing on {topic} in a minute: is it a dead letter? ./hemline rejects list tells why")


brokers, picture, label = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
event_id = str(uuid.uuid4())
producer = Producer({"bootstrap.servers": brokers})
consumer = Consumer({"bootstrap.servers": brokers, "group.id": event_id, "isolation.level": "read_committed"})
# What is there already is of no interest.
topics = [consumer.list_topics(topic).topics[topic] for topic in ("classifications", "scores")]
ends = [TopicPartition(topic.topic, partition) for topic in topics for partition in topic.partitions]
consumer.assign([TopicPartition(end.topic, end.partition, consumer.get_watermark_offsets(end)[1]) for end in ends])

send("image-events", ["ImageFormat", "ImageEvent"], id=event_id, source="my-camera", capturedAt=int(time.time() * 1000),
     format="PNG", width=0, height=0, content=picture.read_bytes())
result = answer("classifications", "Classification")
print(f"{result['labelName']} {result['confidence']:.2f} v{result['modelVersion']}")
send("ground-truth", ["GroundTruth"], id=event_id, label=label, labelledAt=int(time.time() * 1000), by="me")
print("predicted {predicted}, actual {actual}".format(**answer("scores", "Score")))
consumer.close()
