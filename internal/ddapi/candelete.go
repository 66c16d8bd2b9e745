package ddapi

import (
	"context"
	"errors"
	"fmt"
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
	if k.Remote.CanDelete == "" {
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
	var texts map[string][]string
	for _, id := range ids {
		if !isID(k, id) {
			return fmt.Errorf("cannot ask what refers to the %s: %s is not an id of a %s", k.Plural, quoteID(id), k.Name)
		}
	}
	err := c.do(ctx, call{
		doing: "ask what refers to the " + k.Plural, permission: k.Remote.ReadPermission,
		method: http.MethodGet, route: k.Remote.Path + "/can_delete",
		query: url.Values{k.Remote.CanDelete: {strings.Join(ids, ",")}}, conflicts: true,
		read: func(r *reading) (err error) {
			texts, err = heldTexts(r, ids)
			return err
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
	for id, said := range texts {
		held[id] = c.texts(said)
	}
	return nil
}

// heldTexts reads an answer about ids: the texts by the id that cannot be deleted. Nothing under "errors", in whatever
// form, is no refusal. Texts that are not under an id could be about any of them.
func heldTexts(r *reading, ids []string) (map[string][]string, error) {
	answer, err := r.object("it")
	if err != nil {
		return nil, err
	}
	errors, answered := answer["errors"]
	if _, hasData := answer["data"]; !answered && !hasData {
		return nil, wrongShape(`it has neither "data" nor "errors"`)
	}
	byID, isObject := errors.(map[string]any)
	if !isObject {
		if isEmpty(errors) {
			return nil, nil
		}
		return nil, wrongShape(`"errors" is not an object by id: %s`, orElse(strings.Join(textsIn(errors), "; "), "it has no text"))
	}
	out := make(map[string][]string)
	for id, said := range byID {
		if !slices.Contains(ids, id) {
			return nil, wrongShape("it is about %s, which was not asked for", quoteID(id))
		}
		if isEmpty(said) {
			continue
		}
		if out[id] = textsIn(said); len(out[id]) == 0 {
			out[id] = []string{"Datadog gives no reason"}
		}
	}
	return out, nil
}

// isEmpty reports whether a value of "errors" says that there is none.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}
