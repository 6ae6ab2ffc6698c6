// Sends a picture, reads what a model made of it, sends its true class, reads the score; docs/clients.md tells more:
// go run . localhost:9092 boot.png 9
package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/hamba/avro/v2"
	"github.com/hamba/avro/v2/soe"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// In single-object encoding. hamba/avro leaves logical types in the canonical form, which makes another fingerprint: off with them.
func codec(name string) *soe.Codec {
	text := must(os.ReadFile("../../schemas/src/main/avro/dev/hemline/event/" + name + ".avsc"))
	return must(soe.NewCodec(must(avro.Parse(strings.ReplaceAll(string(text), "logicalType", "unused")))))
}

func main() {
	ctx, id, picture, label := context.Background(), rand.Text(), must(os.ReadFile(os.Args[2])), must(strconv.Atoi(os.Args[3]))
	time.AfterFunc(2*time.Minute, func() { log.Fatal("no answer: is it a dead letter? ./hemline rejects list tells why") })
	client := must(kgo.NewClient(kgo.SeedBrokers(strings.Split(os.Args[1], ",")...), kgo.FetchIsolationLevel(kgo.ReadCommitted())))
	ends := must(kadm.NewClient(client).ListEndOffsets(ctx, "classifications", "scores"))
	client.AddConsumePartitions(must(ends.KOffsets(), ends.Error())) // What is there already is of no interest.
	ask := func(topic string, as *soe.Codec, event map[string]any, answerTopic string, answerAs *soe.Codec) (answer map[string]any) {
		must(client.ProduceSync(ctx, &kgo.Record{Topic: topic, Key: []byte(id), Value: must(as.Encode(event))}).First())
		for answer == nil {
			fetches := client.PollFetches(ctx)
			for _, record := range must(fetches.Records(), fetches.Err()) {
				if record.Topic == answerTopic && string(record.Key) == id {
					must(0, answerAs.Decode(record.Value, &answer))
				}
			}
		}
		return answer
	}
	image := map[string]any{"id": id, "source": "my-camera", "capturedAt": time.Now().UnixMilli(), "format": "PNG", "width": 0, "height": 0, "content": picture}
	codec("ImageFormat") // ImageEvent is made of it.
	result := ask("image-events", codec("ImageEvent"), image, "classifications", codec("Classification"))
	fmt.Printf("%s %.2f v%d\n", result["labelName"], result["confidence"], result["modelVersion"])
	truth := map[string]any{"id": id, "label": label, "labelledAt": time.Now().UnixMilli(), "by": "me"}
	score := ask("ground-truth", codec("GroundTruth"), truth, "scores", codec("Score"))
	fmt.Printf("predicted %d, actual %d\n", score["predicted"], score["actual"])
}
