// As ../main.go, but through a schema registry; in its folder: go run ./registry localhost:9092 http://localhost:8081 boot.png 9
package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log"
	"os"
	"strconv"
	"time"

	"github.com/hamba/avro/v2"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sr"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	ctx, id, picture, label := context.Background(), rand.Text(), must(os.ReadFile(os.Args[3])), must(strconv.Atoi(os.Args[4]))
	time.AfterFunc(2*time.Minute, func() { log.Fatal("no answer: is it a dead letter? ./hemline rejects list tells why") })
	registry, header := must(sr.NewClient(sr.URLs(os.Args[2]))), sr.ConfluentHeader{}
	client := must(kgo.NewClient(kgo.SeedBrokers(os.Args[1]), kgo.FetchIsolationLevel(kgo.ReadCommitted())))
	ends := must(kadm.NewClient(client).ListEndOffsets(ctx, "classifications", "scores"))
	client.AddConsumePartitions(must(ends.KOffsets(), ends.Error())) // What is there already is of no interest.
	register := func(subject, name string, references ...sr.SchemaReference) (avro.Schema, int) {
		text := string(must(os.ReadFile("../../schemas/src/main/avro/dev/hemline/event/" + name + ".avsc")))
		return must(avro.Parse(text)), must(registry.CreateSchema(ctx, subject, sr.Schema{Schema: text, References: references})).ID
	}
	ask := func(topic, name string, event map[string]any, answerTopic string, parts ...sr.SchemaReference) (answer map[string]any) {
		schema, schemaID := register(topic+"-value", name, parts...)
		value := append(must(header.AppendEncode(nil, schemaID, nil)), must(avro.Marshal(schema, event))...)
		must(client.ProduceSync(ctx, &kgo.Record{Topic: topic, Key: []byte(id), Value: value}).First())
		for answer == nil {
			fetches := client.PollFetches(ctx)
			for _, record := range must(fetches.Records(), fetches.Err()) {
				if record.Topic == answerTopic && string(record.Key) == id {
					writer, body, err := header.DecodeID(record.Value)
					must(0, avro.Unmarshal(must(avro.Parse(must(registry.SchemaByID(ctx, must(writer, err))).Schema)), body, &answer))
				}
			}
		}
		return answer
	}
	register("image-format", "ImageFormat") // ImageEvent is made of it.
	image := map[string]any{"id": id, "source": "my-camera", "capturedAt": time.Now(), "format": "PNG", "width": 0, "height": 0, "content": picture}
	result := ask("image-events", "ImageEvent", image, "classifications",
		sr.SchemaReference{Name: "dev.hemline.event.ImageFormat", Subject: "image-format", Version: 1})
	fmt.Printf("%s %.2f v%d\n", result["labelName"], result["confidence"], result["modelVersion"])
	score := ask("ground-truth", "GroundTruth", map[string]any{"id": id, "label": label, "labelledAt": time.Now(), "by": "me"}, "scores")
	fmt.Printf("predicted %d, actual %d\n", score["predicted"], score["actual"])
}
