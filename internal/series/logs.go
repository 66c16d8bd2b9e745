package series

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/hashicorp/hcl/v2"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// logLine is a line of a logs file. The block has the defaults.
type logLine struct {
	Timestamp  string         `json:"timestamp"`
	Service    *string        `json:"service"`
	Status     *string        `json:"status"`
	Source     *string        `json:"source"`
	Host       *string        `json:"host"`
	Tags       []string       `json:"tags"`
	Attributes map[string]any `json:"attributes"`
	Message    string         `json:"message"`
}

// logs reads a logs block and its file.
func (l *loader) logs(block *hcl.Block) {
	content, diags := block.Body.Content(logsType.Schema())
	l.diags = append(l.diags, diags...)
	if diags.HasErrors() {
		return
	}
	common := Log{Status: logsType.DefaultText("status"), File: l.displayPath(block.Labels[0]), Tags: l.tags(content), Attributes: l.attributes(content)}
	l.defaultString(content, "service", &common.Service)
	l.defaultString(content, "status", &common.Status)
	l.defaultString(content, "source", &common.Source)
	l.defaultString(content, "host", &common.Host)
	l.lines(block, logsType, func(number int, decode func(any) error) (int64, error) {
		var line logLine
		if err := decode(&line); err != nil {
			return 0, err
		}
		at, err := l.lineTime(line.Timestamp)
		if err != nil {
			return 0, err
		}
		log, err := l.newLog(&line, common)
		if err != nil {
			return 0, err
		}
		if len(l.recording.Logs) >= MaxLogs {
			return 0, fmt.Errorf("the recording has more than %d logs (limit MaxLogs): shorten the recording, or remove services", MaxLogs)
		}
		log.At, log.Line = at, number
		l.recording.Logs = append(l.recording.Logs, log)
		return at, nil
	})
}

// newLog creates a log from a line and the defaults of its block.
func (l *loader) newLog(line *logLine, common Log) (Log, error) {
	log := common
	log.Message = line.Message
	l.override(&log.Service, line.Service)
	l.override(&log.Status, line.Status)
	l.override(&log.Source, line.Source)
	l.override(&log.Host, line.Host)
	if len(line.Attributes) > 0 && len(common.Attributes) > 0 {
		log.Attributes = maps.Clone(common.Attributes)
		maps.Copy(log.Attributes, line.Attributes)
	} else if len(line.Attributes) > 0 {
		log.Attributes = line.Attributes
	}
	var err error
	log.Tags, err = l.joinTags(common.Tags, line.Tags)
	return log, err
}

// defaultString reads a default that applies to all lines of a block.
func (l *loader) defaultString(content *hcl.BodyContent, name string, field *string) {
	if text, _, ok := l.stringAttribute(content, name); ok {
		*field = text
	}
}

// attributes reads the attributes of all logs of a block, as decoded JSON.
func (l *loader) attributes(content *hcl.BodyContent) map[string]any {
	attribute, ok := content.Attributes["attributes"]
	if !ok {
		return nil
	}
	value, ok := l.constant(attribute.Expr)
	if !ok {
		return nil
	}
	text, err := ctyjson.Marshal(value, value.Type())
	var attributes map[string]any
	if err == nil {
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		err = decoder.Decode(&attributes)
	}
	if err != nil {
		l.fail("Invalid attributes", "attributes must be an object. Write attributes = { pod_name = \"queue-master-1\" }.", attribute.Expr.Range())
	}
	return attributes
}
