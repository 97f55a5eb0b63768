;; passes an address and a length that are negative when signed
(module
  (import "cordon" "found_tag" (func $tag (param i32 i32 f32)))
  (memory (export "memory") 1)
  (func (export "analyse") (result i32)
    (call $tag (i32.const -8) (i32.const -1) (f32.const 0.5))
    (i32.const 0)))
