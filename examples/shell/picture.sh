#!/usr/bin/env bash
# Sends a picture, reads what a model made of it, sends its true class, reads the score, all of it as JSON; docs/clients.md tells more:
# ./picture.sh localhost:9092 boot.png 9
set -euo pipefail

brokers=$1 picture=$2 label=$3
id="$(date +%s)-$RANDOM$RANDOM"
since=$((($(date +%s) - 60) * 1000)) # What was there before is of no interest; clocks may differ by a minute.

send() { # TOPIC, with the value on standard input
    kcat -P -b "$brokers" -t "$1" -k "$id"
}

# kcat reads committed results only, unless it is told otherwise.
answer() { # TOPIC
    local value _
    for _ in {1..60}; do
        value="$(kcat -C -q -e -b "$brokers" -t "$1" -o "s@$since" -f '%k %s\n' | sed -n "s/^$id //p")"
        [ -z "$value" ] || break
        sleep 1
    done
    case "$value" in
        "{"*) printf '%s\n' "$value" ;;
        "") printf 'Nothing on %s in a minute: is it a dead letter? ./hemline rejects list tells why\n' "$1" >&2; exit 1 ;;
        *) printf 'What is on %s is no JSON: the classifier has to run with --result-format json\n' "$1" >&2; exit 1 ;;
    esac
}

printf '{"content": "%s"}' "$(base64 < "$picture" | tr -d '\n')" | send image-events
answer classifications | jq -r '[.labelName, .confidence, .modelVersion] | @tsv' | {
    IFS=$'\t' read -r name confidence version
    LC_ALL=C printf '%s %.2f v%s\n' "$name" "$confidence" "$version"
}
printf '{"label": %d}' "$label" | send ground-truth
answer scores | jq -r '"predicted \(.predicted), actual \(.actual)"'
