;; a box that lies outside the image
(module
  (import "cordon" "found_box" (func $box (param i32 i32 f32 i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "cup")
  (func (export "analyse") (result i32)
    (call $box (i32.const 0) (i32.const 3) (f32.const 0.5)
      (i32.const 2147483647) (i32.const 0) (i32.const 2147483647) (i32.const 1))
    (i32.const 0)))
