package ddapi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ddmon/internal/kind"
)

// idsAtOnce keeps the URL of one question short.
const idsAtOnce = 100

// CanDelete asks which of some objects others refer to, so that Datadog would not delete them, and returns its texts
// about each of those. Ids of objects that are gone are left out. Of kinds about which Datadog does not answer, nothing
// is asked.
func (c *Client) CanDelete(ctx context.Context, k *kind.Kind, ids []string) (map[string][]string, error) {
	if k.Name != "monitor" {
		return nil, nil
	}
	held := make(map[string][]string)
	for some := range slices.Chunk(ids, idsAtOnce) {
		if err := c.canDelete(ctx, k, some, held); err != nil {
			return nil, err
		}
	}
	return held, nil
}

// canDelete adds the texts about some ids to held. Datadog answers for all or none of them: where one is gone, the
// question is halved until that one stands alone.
func (c *Client) canDelete(ctx context.Context, k *kind.Kind, ids []string, held map[string][]string) error {
	var answer struct {
		Errors map[string]any `json:"errors"`
	}
	err := c.do(ctx, call{
		doing: "ask what refers to the " + k.Name + "s", permission: toRead(k),
		method: http.MethodGet, route: k.Endpoint + "/can_delete",
		query: url.Values{"monitor_ids": {strings.Join(ids, ",")}}, conflicts: true,
		read: func(r io.Reader) error {
			answer.Errors = nil
			return decoder(r).Decode(&answer)
		},
	})
	var refused *APIError
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest && !refused.foreign {
		if len(ids) == 1 {
			return nil
		}
		half := len(ids) / 2
		return errors.Join(c.canDelete(ctx, k, ids[:half], held), c.canDelete(ctx, k, ids[half:], held))
	}
	if err != nil {
		return err
	}
	for id, said := range answer.Errors {
		for _, text := range textsIn(said) {
			if text = c.text(text); text != "" {
				held[id] = append(held[id], text)
			}
		}
	}
	return nil
}
