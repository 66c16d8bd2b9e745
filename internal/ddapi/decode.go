package ddapi

import (
	"encoding/json"
	"fmt"
	"io"
)

// decoder reads JSON in the shapes of object.Object.Body: numbers keep their digits.
func decoder(r io.Reader) *json.Decoder {
	d := json.NewDecoder(r)
	d.UseNumber()
	return d
}

// into reads one object into out.
func into(out *map[string]any) func(io.Reader) error {
	return func(r io.Reader) error {
		*out = nil
		if err := decoder(r).Decode(out); err != nil {
			return err
		}
		if *out == nil {
			return fmt.Errorf("it is null")
		}
		return nil
	}
}

// anyObject reads an object of no interest: that it is one shows that Datadog answered, and no proxy or portal.
func anyObject(r io.Reader) error { return json.NewDecoder(r).Decode(&struct{}{}) }

// each reads a list of objects one by one, so that the text of a large answer is never in memory as a whole.
func each(d *json.Decoder, use func(map[string]any)) error {
	if err := expect(d, json.Delim('[')); err != nil {
		return err
	}
	for d.More() {
		var o map[string]any
		if err := d.Decode(&o); err != nil {
			return err
		}
		if o == nil {
			return fmt.Errorf("null stands in a list of objects")
		}
		use(o)
	}
	return expect(d, json.Delim(']'))
}

// eachUnder reads the list that stands under a key of an object.
func eachUnder(d *json.Decoder, key string, use func(map[string]any)) error {
	if err := expect(d, json.Delim('{')); err != nil {
		return err
	}
	for d.More() {
		got, err := d.Token()
		if err != nil {
			return err
		}
		if got == key {
			return each(d, use)
		}
		var other json.RawMessage
		if err := d.Decode(&other); err != nil {
			return err
		}
	}
	return fmt.Errorf("it has no %q", key)
}

func expect(d *json.Decoder, want json.Delim) error {
	got, err := d.Token()
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("%s should stand where %v does", want, got)
	}
	return nil
}
