# The same as picture.py through a schema registry, in Confluent's wire format; docs/clients.md tells more:
# python picture_registry.py localhost:9092 http://localhost:8081 boot.png 9
import sys
import time
import uuid
from pathlib import Path

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas/src/main/avro/dev/hemline/event"


def schema(name, references=()):
    return Schema((SCHEMAS / f"{name}.avsc").read_text(), "AVRO", list(references))


def send(topic, of, **fields):  # registers the schema as TOPIC-value, unless it is there
    value = AvroSerializer(registry, of)(fields, SerializationContext(topic, MessageField.VALUE))
    producer.produce(topic, key=event_id, value=value)
    producer.flush()


def answer(topic):
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        record = consumer.poll(1)
        if record and record.error():
            raise KafkaException(record.error())
        if record and record.topic() == topic and record.key() == event_id.encode():
            return AvroDeserializer(registry)(record.value(), SerializationContext(topic, MessageField.VALUE))
    sys.exit(f"Nothing on {topic} in a minute: is it a dead letter? ./hemline rejects list tells why")


brokers, address, picture, label = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
event_id = str(uuid.uuid4())
registry = SchemaRegistryClient({"url": address})
producer = Producer({"bootstrap.servers": brokers})
consumer = Consumer({"bootstrap.servers": brokers, "group.id": event_id, "isolation.level": "read_committed"})
# What is there already is of no interest.
topics = [consumer.list_topics(topic).topics[topic] for topic in ("classifications", "scores")]
ends = [TopicPartition(topic.topic, partition) for topic in topics for partition in topic.partitions]
consumer.assign([TopicPartition(end.topic, end.partition, consumer.get_watermark_offsets(end)[1]) for end in ends])

# The type that ImageEvent is made of has a subject of its own.
registry.register_schema("image-format", schema("ImageFormat"))
image_format = SchemaReference("dev.hemline.event.ImageFormat", "image-format", 1)
send("image-events", schema("ImageEvent", [image_format]), id=event_id, source="my-camera",
     capturedAt=int(time.time() * 1000), format="PNG", width=0, height=0, content=picture.read_bytes())
result = answer("classifications")
print(f"{result['labelName']} {result['confidence']:.2f} v{result['modelVersion']}")
send("ground-truth", schema("GroundTruth"), id=event_id, label=label, labelledAt=int(time.time() * 1000), by="me")
print("predicted {predicted}, actual {actual}".format(**answer("scores")))
consumer.close()
