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
	"github.com/twmb/franz-go/pkg/kgo"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err) // Out of time? ./hemline rejects list tells whether the event is a dead letter.
	}
	return value
}

// The last of these types in single-object encoding; the types that it is made of come before it.
func codec(names ...string) *soe.Codec {
	for i, name := range names {
		names[i] = "../../schemas/src/main/avro/dev/hemline/event/" + name + ".avsc"
	}
	return must(soe.NewCodec(must(avro.ParseFiles(names...))))
}

func main() {
	id, picture, label := rand.Text(), must(os.ReadFile(os.Args[2])), must(strconv.Atoi(os.Args[3]))
	client := must(kgo.NewClient(kgo.SeedBrokers(strings.Split(os.Args[1], ",")...), kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.ConsumeTopics("classifications", "scores"), kgo.ConsumeStartOffset(kgo.NewOffset().AtStart())))
	ask := func(topic string, as *soe.Codec, event map[string]any, answerTopic string, answerAs *soe.Codec) (answer map[string]any) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
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
	image := map[string]any{"id": id, "source": "my-camera", "capturedAt": time.Now(), "format": "PNG", "width": 0, "height": 0, "content": picture}
	result := ask("image-events", codec("ImageFormat", "ImageEvent"), image, "classifications", codec("Classification"))
	fmt.Printf("%s %.2f v%d\n", result["labelName"], result["confidence"], result["modelVersion"])
	truth := map[string]any{"id": id, "label": label, "labelledAt": time.Now(), "by": "me"}
	score := ask("ground-truth", codec("GroundTruth"), truth, "scores", codec("Score"))
	fmt.Printf("predicted %d, actual %d\n", score["predicted"], score["actual"])
}
