package series

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
)

// eventLine is a line of an events file. The block has the default for source.
type eventLine struct {
	Timestamp string   `json:"timestamp"`
	Source    *string  `json:"source"`
	Title     string   `json:"title"`
	Text      string   `json:"text"`
	Tags      []string `json:"tags"`
}

// events reads an events block and its file.
func (l *loader) events(block *hcl.Block) {
	content, diags := block.Body.Content(eventsType.Schema())
	l.diags = append(l.diags, diags...)
	if diags.HasErrors() {
		return
	}
	common := Event{File: l.displayPath(block.Labels[0]), Tags: l.tags(content)}
	l.defaultString(content, "source", &common.Source)
	l.lines(block, eventsType, func(number int, decode func(any) error) (int64, error) {
		var line eventLine
		if err := decode(&line); err != nil {
			return 0, err
		}
		at, err := l.lineTime(line.Timestamp)
		if err != nil {
			return 0, err
		}
		event := common
		event.At, event.Line, event.Title, event.Text = at, number, line.Title, line.Text
		l.override(&event.Source, line.Source)
		if event.Tags, err = l.joinTags(common.Tags, line.Tags); err != nil {
			return 0, err
		}
		if len(l.recording.Events) >= MaxEvents {
			return 0, fmt.Errorf("The recording has more than %d events (limit MaxEvents). Shorten the recording.", MaxEvents)
		}
		l.recording.Events = append(l.recording.Events, event)
		return at, nil
	})
}
